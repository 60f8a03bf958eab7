/**
 * Single values of header fields: `hf_value_exists("Accept", "text/html")`, and edits that only a forwarded request
 * would show. A field's value is a list, separated by commas; the fields of a name make up one list.
 *
 * @module
 */

import { lowerAscii, trimBlanks } from '../../bytes.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { fixed, fn, type KemiFunction, str } from '../../kemi/module.ts';
import { headerValues } from '../../pv/headers.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';

/** `Name[index].parameter` as scripts write it. */
interface Place {
	name: string;
	/** A number from 1, negative from the end, 0 for an empty one; `*` for all; undefined without brackets. */
	index: number | '*' | undefined;
	/** Empty without one. */
	parameter: string;
}

const BLANKS = '[ \\t\\r\\n]*';
const PLACE = new RegExp(
	`^${BLANKS}([\\w-]+)${BLANKS}(?:\\[${BLANKS}(?:(\\*|[+-]?\\d+)${BLANKS})?(\\])${BLANKS})?(?:\\.${BLANKS}([\\w-]+))?$`,
);

/** The furthest place from the end that Kamailio keeps track of. */
const MOST_FROM_END = 10;

function parsePlace(text: string): Place | undefined {
	const [, name, index, bracket, parameter = ''] = PLACE.exec(text) ?? [];
	if (name === undefined) return undefined;
	if (bracket === undefined) return { name, index: undefined, parameter };
	if (index === '*') return { name, index, parameter };
	const number = Number(index ?? 0);
	return number < -MOST_FROM_END ? undefined : { name, index: number, parameter };
}

/** What is wrong with a place; undefined where it is one. */
function placeProblem(text: string): string | undefined {
	return parsePlace(text) ? undefined : `"${text}" is no Name[index].parameter`;
}

/** The values of one field: at commas outside of quotes. A comma at its end closes the list. */
function split(field: string): string[] {
	const values: string[] = [];
	let begin = 0;
	let quoted = false;
	for (let at = 0; at < field.length; at++) {
		if (field[at] === '"' && (!quoted || field[at - 1] !== '\\')) quoted = !quoted;
		else if (field[at] === ',' && !quoted) {
			values.push(trimBlanks(field.slice(begin, at)));
			begin = at + 1;
		}
	}
	if (begin < field.length || values.length === 0) values.push(trimBlanks(field.slice(begin)));
	return values;
}

function valuesOf(ctx: RequestContext, name: string): string[] {
	return headerValues(ctx, name).flatMap(split);
}

/** A value by its number from 1, negative from the end. */
function at<T>(list: readonly T[], index: number): T | undefined {
	return index > 0 ? list[index - 1] : list.at(index);
}

/** The parameters behind `"Name" <uri>` or a plain value. */
function parametersOf(value: string): string {
	let quoted = false;
	let bracketed = false;
	for (let i = 0; i < value.length; i++) {
		const char = value[i];
		if (char === '"' && (!quoted || value[i - 1] !== '\\')) quoted = !quoted;
		else if (quoted) continue;
		else if (char === '<') bracketed = true;
		else if (char === '>') bracketed = false;
		else if (char === ';' && !bracketed) return value.slice(i);
	}
	return '';
}

const PARAMETER = /[ \t\r\n]*;[ \t\r\n]*([^ \t\r\n=;]*)[ \t\r\n]*(?:=[ \t\r\n]*(?:"[^"]*"?|[^ \t\r\n;]*))?/y;

/** True if a value has a parameter: `text/html;q=1` has q. */
function hasParameter(value: string, name: string): boolean {
	const parameters = parametersOf(value);
	for (PARAMETER.lastIndex = 0; ; ) {
		const found = PARAMETER.exec(parameters)?.[1];
		if (found === undefined) return false;
		if (lowerAscii(found) === lowerAscii(name)) return true;
	}
}

const ITEM = /([\w-]+)[ \t\r\n]*(=[ \t\r\n]*(?:"[^"]*"?|[^ \t\r\n,]*))?/y;

/**
 * True if a field has an item: `Digest realm="x", nonce=1` has realm. A value that goes on behind a word with
 * other characters (`Bearer a.b`) keeps Kamailio busy for ever; here what it cannot read is passed over.
 */
function hasItem(field: string, name: string): boolean {
	for (let from = 0; from < field.length; ) {
		ITEM.lastIndex = from;
		const [whole = '', item = '', value] = ITEM.exec(field) ?? [];
		if (value !== undefined && lowerAscii(item) === lowerAscii(name)) return true;
		from += whole.length || 1;
	}
	return false;
}

/** What the value, a format, is for a request; undefined after an error line if it does not parse. */
function evaluate(ctx: RequestContext, caller: string, format: string): string | undefined {
	const text = ctx.host.variables.text(format);
	if (!(text instanceof PvSyntaxError)) return text.get(ctx);
	ctx.report('error', `${caller}: "${format}": ${text.message}`);
	return undefined;
}

/**
 * Asks of a place and a value.
 * @param value undefined if it is empty, which is no value
 */
type Question = (ctx: RequestContext, place: Place, value: string | undefined) => boolean;

function ask(ctx: RequestContext, caller: string, text: string, format: string, question: Question): 1 | -1 {
	const place = parsePlace(text);
	if (!place) return ctx.refuse(`${caller}: "${text}" is no name, name[index] or name.parameter`);
	const value = evaluate(ctx, caller, format);
	return value !== undefined && question(ctx, place, format === '' ? undefined : value) ? 1 : -1;
}

const isPlain = ({ index, parameter }: Place) => index === undefined && parameter === '';

const exists: Question = (ctx, place, value) =>
	isPlain(place) &&
	value !== undefined &&
	valuesOf(ctx, place.name).some((other) => lowerAscii(other) === lowerAscii(value) && other !== '');

/** Including and excluding always succeed. */
const change: Question = (_ctx, place, value) => isPlain(place) && Boolean(value);

const append: Question = (_ctx, { index, parameter }) => index !== '*' && parameter === '';

const insert: Question = (ctx, { name, index, parameter }) =>
	index !== '*' &&
	parameter === '' &&
	((index || 1) === 1 || at(valuesOf(ctx, name), index as number) !== undefined);

/** Whether a list has the place, and the parameter there: `has` says whether an entry of the list has it. */
function present(
	list: readonly string[],
	place: Place,
	has: (entry: string, name: string) => boolean,
): boolean {
	const chosen = place.index === '*' ? list : [at(list, place.index || 1)];
	return chosen.some(
		(entry) => entry !== undefined && (place.parameter === '' || has(entry, place.parameter)),
	);
}

const remove: Question = (ctx, place) => present(valuesOf(ctx, place.name), place, hasParameter);

/** Assigning no value is removing; assigning one to a parameter adds it where it is not there. */
const assign: Question = (ctx, place, value) =>
	(place.index !== '*' || place.parameter !== '') &&
	present(valuesOf(ctx, place.name), place, value === undefined ? hasParameter : () => true);

/** The same for fields whose items are parameters themselves, as those of WWW-Authenticate. */
const removeItem: Question = (ctx, place, value) =>
	present(headerValues(ctx, place.name), place, value === undefined ? hasItem : () => true);

const assignItem: Question = (ctx, place, value) =>
	(place.index !== '*' || place.parameter !== '') && removeItem(ctx, place, value);

const UNSEEN = 'of a forwarded request, nothing that a handler could see';

function valueFunction(name: string, doc: string, question: Question): KemiFunction {
	return fn(
		name,
		[fixed('place', placeProblem), str('value')],
		'int',
		doc,
		(ctx, place, value) => ask(ctx, `KSR.textopsx.${name}`, place, value, question),
		{ cfg: name },
	);
}

/** Values of header fields. */
export const headerValueFunctions: readonly KemiFunction[] = [
	valueFunction(
		'hf_value_exists',
		'1 if a value is in the list that the fields of a name make up, without regard to case, -1 if not. The value can hold variables.',
		exists,
	),
	valueFunction(
		'include_hf_value',
		`Adds a value to a field where it is not in it ${UNSEEN}. Gives 1.`,
		change,
	),
	valueFunction('exclude_hf_value', `Removes a value from a field ${UNSEEN}. Gives 1.`, change),
	valueFunction(
		'append_hf_value',
		`Adds a value after others, at Name or Name[index], ${UNSEEN}. Gives 1.`,
		append,
	),
	valueFunction(
		'insert_hf_value',
		`Adds a value before others, at Name or Name[index], ${UNSEEN}. Gives 1, or -1 if there is no such place.`,
		insert,
	),
	fn(
		'remove_hf_value',
		[fixed('place', placeProblem)],
		'int',
		`Removes a value or a parameter, at Name[index].parameter, ${UNSEEN}. Gives 1, or -1 if there is none.`,
		(ctx, place) => ask(ctx, 'KSR.textopsx.remove_hf_value', place, '', remove),
		{ cfg: 'remove_hf_value' },
	),
	valueFunction(
		'assign_hf_value',
		`Sets a value or a parameter, at Name[index].parameter, ${UNSEEN}. Gives 1, or -1 if there is none.`,
		assign,
	),
	valueFunction(
		'remove_hf_value2',
		`Removes an item of a field as WWW-Authenticate, at Name[index].item, ${UNSEEN}. Gives 1, or -1 if there is none.`,
		removeItem,
	),
	valueFunction(
		'assign_hf_value2',
		`Sets an item of a field as WWW-Authenticate, at Name[index].item, ${UNSEEN}. Gives 1, or -1 if there is none.`,
		assignItem,
	),
];
