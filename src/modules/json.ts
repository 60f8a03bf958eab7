/**
 * The json module: `{json.parse}`, which picks a value out of JSON (modules/json/json_trans.c). Its parser is another
 * than the jansson module's, and takes more.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiFunction, str, variable } from '../kemi/module.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { type Apply, type Transformation, TransformationError } from '../pv/transformation.ts';
import { embeddedVariable, type Param, stringParam } from '../pv/transformations/params.ts';
import type { Text } from '../pv/variable.ts';
import { parseLax } from './json/parse.ts';
import { pathParts, valueAt } from './json/path.ts';
import { jsonOfValue, textOfValue } from './json/print.ts';
import { outputVariable } from './output-variable.ts';
import { ownCopy } from './own-copy.ts';

/**
 * The parameter: one variable, or a text that may hold variables, unlike those of other transformations.
 * @throws PvSyntaxError for a comma, or something behind the variable
 */
function pathParam(source: string): Param<string> {
	const [, text = ''] = /^[ \t\n]*(.*)$/s.exec(source) ?? [];
	const refuseRest = (rest: string) => {
		if (!/^[ \t\n]*$/.test(rest)) throw new PvSyntaxError(`"${rest}" cannot stand after the path`, 0);
	};
	if (text.startsWith('$')) {
		const { text: variable, end } = embeddedVariable(text, 0);
		refuseRest(text.slice(end));
		return stringParam(variable);
	}
	const [path = ''] = /^[^\t\n,]*/.exec(text) ?? [];
	refuseRest(text.slice(path.length));
	if (!path.includes('$')) return () => path;
	return (ctx) => evaluate(ctx, path);
}

function evaluate(ctx: RequestContext, path: string): string {
	const text = ctx.host.variables.text(path);
	if (text instanceof PvSyntaxError) throw new TransformationError(`"${path}": ${text.message}`);
	return text.get(ctx);
}

/** What is at the path, as a text; empty where there is nothing, null there, or no JSON at all. */
function pick(ctx: RequestContext, json: string, path: string, separator: string): string {
	const parts = pathParts(path, separator);
	if (parts.length === 0) throw new TransformationError(`"${path}" is no path`);
	const document = parseLax(json);
	if (document === undefined) {
		ctx.report('error', '{json.parse}: the text is no JSON');
		return '';
	}
	const value = valueAt(document, parts) ?? null;
	return value === null ? '' : ownCopy(textOfValue(value));
}

function parse([text]: readonly Text[]): Apply {
	const path = pathParam(text?.source ?? '');
	return (value, ctx) => pick(ctx, value, path(ctx), '.');
}

/** The path's first character is what separates its parts: `/a/b`. */
function parsex([text]: readonly Text[]): Apply {
	const param = pathParam(text?.source ?? '');
	return (value, ctx) => {
		const path = param(ctx);
		return pick(ctx, value, path.slice(1), path.charAt(0));
	};
}

/** The transformations of the class `json`. `encode` stands in Kamailio's source too, but no name leads to it. */
const transformations: readonly Transformation[] = [
	{
		name: 'json.parse',
		params: ['path'],
		rawParam: true,
		doc: 'The value at a path like list[0].name of a JSON document, as text; empty where there is none. % in a name stands for a dot. A path may hold variables.',
		bind: parse,
	},
	{
		name: 'json.parsex',
		params: ['path'],
		rawParam: true,
		doc: 'The same with a separator of your own in front of the path: /list[0]/name.',
		bind: parsex,
	},
];

/** Puts a member of an object into a variable, as a text. */
function fieldFunction(name: string, doc: string, textOf: typeof textOfValue): KemiFunction {
	return fn(
		name,
		[str('document'), str('name'), variable('variable')],
		'int',
		doc,
		(ctx, json, field, output) => {
			const found = outputVariable(ctx, name, output);
			if (!found) return -1;
			const document = parseLax(json);
			if (document === undefined) return ctx.refuse(`${name}: the text is no JSON`);
			const value = document instanceof Map ? document.get(field) : undefined;
			if (value === undefined || value === null) return -1;
			found.set(ctx, ownCopy(textOf(value)));
			return 1;
		},
	);
}

/** The json module. It has no functions on KSR. */
export const json = defineModule({
	name: 'json',
	doc: 'Values out of JSON, by transformation.',
	params: [
		{
			name: 'json_escape_char',
			type: 'str',
			default: '%',
			doc: 'Has no effect, as in Kamailio: % in a name stands for a dot.',
		},
	],
	transformations,
	cfgFunctions: [
		fieldFunction(
			'json_get_field',
			'Puts a member of a JSON object into a variable, as JSON: a text keeps its quotes. Gives 1, or -1 without one.',
			jsonOfValue,
		),
		fieldFunction(
			'json_get_string',
			'Puts a member of a JSON object into a variable, a text without its quotes. Gives 1, or -1 without one.',
			textOfValue,
		),
	],
});
