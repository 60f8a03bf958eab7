/**
 * The jansson module: reading JSON (modules/jansson/jansson_funcs.c).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, str } from '../kemi/module.ts';
import type { PvValue } from '../pv/variable.ts';
import { dumpJson } from './jansson/dump.ts';
import { JsonSyntaxError, parseJson } from './jansson/parse.ts';
import { valueAt } from './jansson/path.ts';
import { formatG } from './jansson/real.ts';
import type { JsonValue } from './jansson/value.ts';
import { outputVariable } from './output-variable.ts';
import { ownCopy } from './own-copy.ts';

/** A document; undefined behind an error line. The line holds no part of the document, which the client wrote. */
function parse(ctx: RequestContext, caller: string, text: string): JsonValue | undefined {
	try {
		return parseJson(text);
	} catch (error) {
		if (!(error instanceof JsonSyntaxError)) throw error;
		ctx.refuse(`${caller}: line ${error.line}, column ${error.column} of the JSON: ${error.message}`);
		return undefined;
	}
}

/**
 * A value as variables hold it (jansson_to_val): an integer of 32 bits and a boolean as an integer, all others but
 * null as a text.
 */
function toVariable(value: JsonValue): PvValue {
	if (value === null) return null;
	if (typeof value === 'string') return ownCopy(value);
	if (typeof value === 'boolean') return Number(value);
	if (typeof value === 'bigint') return BigInt.asIntN(32, value) === value ? Number(value) : String(value);
	return typeof value === 'number' ? formatG(value, 15) : ownCopy(dumpJson(value));
}

/** A text up to its first NUL, where C ends it. */
function untilNul(text: string): string {
	const nul = text.indexOf('\0');
	return nul < 0 ? text : text.slice(0, nul);
}

/** The functions on KSR.jansson. */
export const jansson = defineModule({
	name: 'jansson',
	doc: 'Reading JSON.',
	functions: [
		// The native jansson_get is not declared: its last parameter names a variable, and KSR.x.modf evaluates all.
		fn(
			'get',
			[str('path'), str('document'), str('variable')],
			'int',
			'Puts the value at a path like list[0].name of a JSON document into a variable: 1, or -1 where there is none. Objects and arrays become compact JSON, true and false 1 and 0; null unsets the variable.',
			(ctx, path, document, name) => {
				const variable = outputVariable(ctx, 'KSR.jansson.get', name);
				if (!variable) return -1;
				const root = parse(ctx, 'KSR.jansson.get', document);
				const value = root === undefined ? undefined : valueAt(root, untilNul(path));
				if (value === undefined) return -1;
				variable.set(ctx, toVariable(value));
				return 1;
			},
		),
	],
});
