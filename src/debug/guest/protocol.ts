/**
 * How the debugger asks for what only the script can tell, in whichever engine it runs. A KSR function that the
 * script has called returns a command; the guest's side (`lua.ts`, `javascript.ts`) executes it and calls another
 * function with the result, which may return the next command. Both are texts made of fields and records. Their
 * separators occur in no value, since values are shown with control characters escaped.
 *
 * @module
 */
import { bytesOf, textOf } from '../../bytes.ts';
import type { Shown } from '../messages.ts';

/** The module whose functions scripts call. */
export const GUEST_MODULE = 'kemihost_debug';

/** The global function of scripts that is called where one has failed. */
export const GUEST_FAILED = `${GUEST_MODULE}_failed`;

/** Between the fields of a command or record: ASCII's unit separator. */
const FIELD = '\x1f';
/** Between records: ASCII's record separator. */
const RECORD = '\x1e';

/** What the guest is asked to do. `level` is a frame's place from the outermost, `ref` what it has given for a value with parts. */
export type Command =
	/** The frames, outermost first: name, file's number, statement's number. */
	| { readonly do: 'stack' }
	/** The values of variables by name. */
	| { readonly do: 'variables'; readonly level: number; readonly names: readonly string[] }
	/** The script's own globals. */
	| { readonly do: 'globals' }
	| { readonly do: 'parts'; readonly ref: number }
	| { readonly do: 'evaluate'; readonly level: number; readonly text: string }
	| { readonly do: 'set'; readonly level: number; readonly name: string; readonly text: string }
	| { readonly do: 'set-global'; readonly level: number; readonly name: string; readonly text: string }
	/** Sets a part, by its place among the parts as they were given last. */
	| {
			readonly do: 'set-part';
			readonly level: number;
			readonly ref: number;
			readonly part: number;
			readonly text: string;
	  };

/** What came of a command: the first field of the first record is `ok` or `error`. */
export type Records = readonly (readonly string[])[];

/** A command as the guest reads it, a byte string: its name, then its fields in the order in which they are declared. */
export function encode(command: Command): string {
	const fields = Object.values(command).map((field) => (Array.isArray(field) ? field.join(',') : field));
	return bytesOf(fields.join(FIELD));
}

/** What the guest has answered. */
export function decode(answer: string): Records {
	return textOf(answer)
		.split(RECORD)
		.map((record) => record.split(FIELD));
}

/** A value: name, type, text, and what to ask for its parts by. */
export function shownIn([name = '', type = '', text = '', ref = '0']: readonly string[]): Shown {
	return { name, type, text, ref: Number(ref) };
}

/** What went wrong, where something did. */
export function failureIn([status]: Records): string | undefined {
	return status?.[0] === 'ok' ? undefined : (status?.[1] ?? 'the script did not answer');
}

/** Makes one line of a guest's source, whose statements end where its lines do. */
export function oneLine(source: string): string {
	return source
		.split('\n')
		.map((line) => line.replace(/^\s*(--|\/\/).*$/, '').trim())
		.filter(Boolean)
		.join(' ');
}
