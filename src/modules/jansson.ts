/**
 * The jansson module: reading JSON (modules/jansson/jansson_funcs.c).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiFunction, str, variable } from '../kemi/module.ts';
import type { PvValue } from '../pv/variable.ts';
import { dumpJson } from './jansson/dump.ts';
import { JsonSyntaxError, parseJson } from './jansson/parse.ts';
import { valueAt } from './jansson/path.ts';
import { formatG } from './jansson/real.ts';
import type { JsonValue } from './jansson/value.ts';
import { setAt, typedValue } from './jansson/write.ts';
import { outputVariable } from './output-variable.ts';
import { ownCopy } from './own-copy.ts';

/** A document; undefined after an error line. The line holds no part of the document, which the client wrote. */
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

/** Changes the document that a variable holds; without a value it is an empty object. */
function change(
	ctx: RequestContext,
	caller: string,
	[type, path, text, name]: readonly [type: string, path: string, text: string, name: string],
	append: boolean,
): number {
	const output = outputVariable(ctx, caller, name);
	if (!output) return -1;
	const before = output.get(ctx);
	const root = before === null || before === 0 ? new Map() : parse(ctx, caller, String(before));
	if (root === undefined) return -1;
	let value: JsonValue | undefined;
	try {
		value = typedValue(type, text);
	} catch (error) {
		if (!(error instanceof JsonSyntaxError)) throw error;
	}
	if (value === undefined) return ctx.refuse(`${caller}: the value is no JSON of the type "${type}"`);
	const refused = setAt(root, path, value, append);
	if (refused !== undefined) return ctx.refuse(`${caller}: ${refused}`);
	output.set(ctx, ownCopy(dumpJson(root)));
	return 1;
}

function changeFunction(name: string, doc: string, append: boolean): KemiFunction {
	return fn(
		name,
		[str('type'), str('path'), str('value'), variable('document')],
		'int',
		doc,
		(ctx, ...args) => change(ctx, name, args, append),
	);
}

/** The functions on KSR.jansson. */
export const jansson = defineModule({
	name: 'jansson',
	doc: 'Reading JSON.',
	cfgFunctions: [
		fn(
			'jansson_get_field',
			[str('document'), str('name'), variable('variable')],
			'int',
			'Puts a member of a JSON object into a variable, as jansson_get does with a path.',
			(ctx, document, name, output) => {
				const found = outputVariable(ctx, 'jansson_get_field', output);
				const root = found && parse(ctx, 'jansson_get_field', document);
				const value = root instanceof Map ? root.get(name) : undefined;
				if (value === undefined) return -1;
				found?.set(ctx, toVariable(value));
				return 1;
			},
		),
		fn(
			'jansson_array_size',
			[str('path'), str('document'), variable('variable')],
			'int',
			'Puts the length of the array at a path into a variable: 1, or -1 if there is no array.',
			(ctx, path, document, output) => {
				const found = outputVariable(ctx, 'jansson_array_size', output);
				const root = found && parse(ctx, 'jansson_array_size', document);
				const value = root === undefined ? undefined : valueAt(root, untilNul(path));
				if (!Array.isArray(value)) return ctx.refuse(`jansson_array_size: there is no array at "${path}"`);
				found?.set(ctx, value.length);
				return 1;
			},
		),
		changeFunction(
			'jansson_set',
			'Puts a value at a path into the JSON document that a variable holds: its type is string, integer, real, object, array, true, false or null.',
			false,
		),
		changeFunction(
			'jansson_append',
			'Adds a value to the array at a path of the JSON document that a variable holds.',
			true,
		),
	],
	functions: [
		fn(
			'get',
			[str('path'), str('document'), variable('variable')],
			'int',
			'Puts the value at a path like list[0].name of a JSON document into a variable: 1, or -1 if there is none. Objects and arrays become compact JSON, true and false 1 and 0; null unsets the variable.',
			(ctx, path, document, name) => {
				const variable = outputVariable(ctx, 'KSR.jansson.get', name);
				if (!variable) return -1;
				const root = parse(ctx, 'KSR.jansson.get', document);
				const value = root === undefined ? undefined : valueAt(root, untilNul(path));
				if (value === undefined) return -1;
				variable.set(ctx, toVariable(value));
				return 1;
			},
			{ cfg: 'jansson_get' },
		),
	],
});
