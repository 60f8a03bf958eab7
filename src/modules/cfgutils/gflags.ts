/**
 * Flags of the whole host: 32 bits that routes and administrators set and that all children see (modules/cfgutils).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, int, type KemiFunction } from '../../kemi/module.ts';
import { type RpcCall, type RpcCommand, RpcFault, rpc } from '../../kemi/rpc.ts';
import { fromStore } from '../../kemi/try-store.ts';
import type { SharedTable } from '../../store/store.ts';

const FLAGS = 32;
const invalid = new RpcFault(500, 'Invalid Parameters');

/** The flags. Each is an item of its own in the store, so that two children which change two of them are not in each other's way. */
export class GlobalFlags {
	readonly #shared: SharedTable;

	/** @param initial the bits that are set at first */
	constructor(shared: SharedTable, initial: number) {
		this.#shared = shared;
		for (const flag of flagsOf(initial)) shared.declare(key(flag), 1);
	}

	/** Sets or clears a flag, 0 to 31. */
	set(flag: number, on: boolean): void {
		this.#shared.set(key(flag), on ? 1 : 0);
	}

	has(flag: number): boolean {
		return this.#shared.get(key(flag)) === 1;
	}

	/** All flags as one number. */
	get bits(): number {
		let bits = 0;
		for (let flag = 0; flag < FLAGS; flag++) if (this.has(flag)) bits |= 1 << flag;
		return bits >>> 0;
	}
}

const key = (flag: number) => `gflag ${flag}`;

/** The flags that are set in a number. */
function flagsOf(bits: number): number[] {
	return Array.from({ length: FLAGS }, (_, flag) => flag).filter((flag) => ((bits >>> flag) & 1) === 1);
}

/** `set_gflag`, `reset_gflag` and `is_gflag`, which Kamailio's own language has. */
export function globalFlagFunctions(flagsOfRequest: (ctx: RequestContext) => GlobalFlags): KemiFunction[] {
	const make = (
		name: string,
		doc: string,
		run: (flags: GlobalFlags, flag: number) => boolean,
	): KemiFunction =>
		fn(name, [int('flag')], 'int', doc, (ctx, flag) => {
			if (flag < 0 || flag >= FLAGS) return ctx.refuse(`${name}: ${flag} is no flag from 0 to ${FLAGS - 1}`);
			return fromStore(ctx, name, () => run(flagsOfRequest(ctx), flag)) ? 1 : -1;
		});
	const change = (on: boolean) => (flags: GlobalFlags, flag: number) => {
		flags.set(flag, on);
		return true;
	};
	return [
		make('set_gflag', 'Sets a flag of the host, 0 to 31: 1.', change(true)),
		make('reset_gflag', 'Clears a flag of the host, 0 to 31: 1.', change(false)),
		make('is_gflag', '1 if a flag of the host is set, -1 if not.', (flags, flag) => flags.has(flag)),
	];
}

/** The commands about them. Where routes name a flag, administrators name bits: 4 is the flag 2. */
export function globalFlagRpc(flagsOfHost: (call: RpcCall) => GlobalFlags): readonly RpcCommand[] {
	const change = (name: string, doc: string, on: boolean) =>
		rpc(name, 'BITS', doc, (call) => {
			const flags = flagsOfHost(call);
			for (const flag of flagsOf(call.int(invalid))) flags.set(flag, on);
			return undefined;
		});
	return [
		rpc('cfgutils.get_gflags', '', "The host's flags as bits.", (call) => {
			const { bits } = flagsOfHost(call);
			return `0x${bits.toString(16).toUpperCase()} (${bits})`;
		}),
		rpc('cfgutils.is_gflag', 'BITS', 'Whether all of these flags of the host are set.', (call) => {
			const wanted = call.int(invalid) >>> 0;
			return (flagsOfHost(call).bits & wanted) >>> 0 === wanted ? 'TRUE' : 'FALSE';
		}),
		change('cfgutils.set_gflag', 'Sets flags of the host.', true),
		change('cfgutils.reset_gflag', 'Clears flags of the host.', false),
	];
}
