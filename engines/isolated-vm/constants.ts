/**
 * How the functions that a script's top level holds in `const` and `let` are read from outside of the script.
 *
 * @module
 */
import type ivm from 'isolated-vm';
import { constantNames } from '../javascript/constants.ts';

/**
 * Gives a function that reads it for each constant that a script may have declared. Reading what the script has only
 * in a comment or a template throws.
 */
export function* constantsOf(
	isolate: ivm.Isolate,
	context: ivm.Context,
	code: string,
): Generator<[name: string, read: ivm.Reference<() => unknown>]> {
	for (const name of constantNames(code)) {
		try {
			yield [name, isolate.compileScriptSync(`() => ${name}`).runSync(context, { reference: true })];
		} catch {} // a reserved word in a text that only looks like a declaration
	}
}
