/**
 * Values on their way between KSR functions, whose strings are bytes, and JavaScript, whose strings are text.
 * What stands for what on the wire is written in guest.ts.
 *
 * @module
 */
import { bytesOf, textOf } from '../../src/bytes.ts';
import { ForeignValue, type KemiValue, type RawValue } from '../../src/kemi/value.ts';
import { textIn } from '../javascript/tables.ts';

/**
 * The arguments of a KSR function as the export table takes them. The array is changed in place.
 * @param args what came out of the isolate: copies that belong to the host
 */
export function fromGuest(args: unknown[]): RawValue[] {
	for (let i = 0; i < args.length; i++) {
		const arg = args[i];
		if (typeof arg === 'string') args[i] = bytesOf(arg);
		else if (typeof arg === 'object' && arg !== null) args[i] = unpack(arg);
	}
	return args as RawValue[];
}

function unpack(packed: object): RawValue {
	if (packed instanceof Uint8Array)
		return Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength).toString('latin1');
	return new ForeignValue(Array.isArray(packed) ? String(packed[0]) : 'object');
}

/** What can be copied into the isolate. */
type Copyable = KemiValue | undefined | Copyable[];

/** The answer to a call of a KSR function. */
export function toGuest(value: KemiValue): Copyable {
	if (typeof value === 'string') return textOf(value);
	if (typeof value === 'object' && value !== null) return [true, textIn(value)];
	return value ?? null;
}

/** The answer that throws an error inside the script. */
export function throwInGuest(kind: 'value' | 'Error' | 'RangeError', message: string): Copyable {
	return [false, kind, textOf(message)];
}

/** The answer that ends the script. */
export const endGuest: Copyable = undefined;

/** The answer that keeps the script from going on until isolated-vm stops it. */
export const stopGuest: Copyable = [false, 'stop', ''];
