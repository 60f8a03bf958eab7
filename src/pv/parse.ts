/**
 * The syntax of pseudo-variables (core/pvapi.c): `$name`, `$name(inner)`, `$(name(inner)[index]{tr}{tr})`, and texts
 * that hold them.
 *
 * @module
 */
import { PvSyntaxError } from './syntax-error.ts';

/** A piece of source, with the place where it began. */
export interface Span {
	text: string;
	column: number;
}

/** `{class.name,parameters}` */
export interface TransformationSyntax {
	/** `class.name`: the class as written, the name without blanks and in lower case, for its case does not matter. */
	name: Span;
	/** Everything behind the first comma, unsplit; undefined without a comma. */
	params: Span | undefined;
}

/** A variable as written. */
export interface VariableSyntax {
	name: Span;
	inner: Span | undefined;
	index: Span | undefined;
	transformations: TransformationSyntax[];
	/** The column behind the variable. */
	end: number;
}

const NAME = /[A-Za-z0-9_.?]+/y;
/** A variable has at most so many bytes, and what stands in a pair of its brackets: scripts put texts together that may be megabytes. */
const LONGEST = 1 << 16;

/** The text between a bracket and its counterpart; brackets inside are counted. */
function enclosed(source: string, open: number, brackets: string): Span {
	let depth = 0;
	const end = Math.min(source.length, open + LONGEST);
	for (let at = open; at < end; at++) {
		if (source[at] === brackets[0]) depth++;
		else if (source[at] === brackets[1] && --depth === 0)
			return { text: source.slice(open + 1, at), column: open + 1 };
	}
	const within = end < source.length ? ` within ${LONGEST} bytes` : '';
	throw new PvSyntaxError(`"${brackets[0]}" is not closed${within}`, open);
}

function parseName(source: string, at: number): Span {
	NAME.lastIndex = at;
	const [text = ''] = NAME.exec(source) ?? [];
	if (!text) throw new PvSyntaxError('a variable name is expected', at);
	return { text, column: at };
}

function parseTransformation(source: string, open: number): { step: TransformationSyntax; end: number } {
	let { text, column } = enclosed(source, open, '{}');
	// `{s.select,1,}}` separates at a closing brace
	if (text.endsWith(',') && source[column + text.length + 1] === '}') text += '}';
	const comma = text.indexOf(',');
	const name = canonicalName(comma < 0 ? text : text.slice(0, comma));
	const params = comma < 0 ? undefined : { text: text.slice(comma + 1), column: column + comma + 1 };
	return { step: { name: { text: name, column }, params }, end: column + text.length + 1 };
}

function canonicalName(written: string): string {
	const dot = written.indexOf('.') + 1;
	return written.slice(0, dot) + written.slice(dot).trim().toLowerCase();
}

/**
 * The variable that begins at a `$`.
 * @throws PvSyntaxError
 */
export function parseVariable(source: string, dollar: number): VariableSyntax {
	const bracketed = source[dollar + 1] === '(';
	let at = dollar + (bracketed ? 2 : 1);
	if (source[at] === '$') throw new PvSyntaxError('a variable name cannot be another variable', at);
	const name = parseName(source, at);
	at = name.column + name.text.length;
	let inner: Span | undefined;
	if (source[at] === '(') {
		inner = enclosed(source, at, '()');
		at = inner.column + inner.text.length + 1;
	}
	if (!bracketed) return { name, inner, index: undefined, transformations: [], end: at };

	let index: Span | undefined;
	if (source[at] === '[') {
		index = enclosed(source, at, '[]');
		at = index.column + index.text.length + 1;
	}
	const transformations: TransformationSyntax[] = [];
	while (source[at] === '{') {
		if (at - dollar > LONGEST) throw new PvSyntaxError(`a variable has at most ${LONGEST} bytes`, dollar);
		const { step, end } = parseTransformation(source, at);
		transformations.push(step);
		at = end;
		while (source[at] === ' ' || source[at] === '\t') at++;
	}
	if (source[at] !== ')') throw new PvSyntaxError('")" is expected', at);
	return { name, inner, index, transformations, end: at + 1 };
}

/**
 * An index that is written out. Kamailio reads digits into 32 bits, so that large ones wrap around, and takes a minus sign
 * alone for 0.
 * @returns undefined if it is none
 */
export function constantIndex(source: string): number | '*' | '+' | undefined {
	if (source === '*' || source === '+') return source;
	const [, sign, digits] = /^(-?)(\d*)$/.exec(source) ?? [];
	if (digits === undefined || source === '') return undefined;
	let index = 0;
	for (const digit of digits) index = (Math.imul(index, 10) + Number(digit)) | 0;
	return (sign ? -index : index) + 0;
}

/**
 * A text with variables, as literal parts and variables. `$$` is a dollar sign.
 * @throws PvSyntaxError
 */
export function parseText(source: string): (string | VariableSyntax)[] {
	const parts: (string | VariableSyntax)[] = [];
	let literal = '';
	for (let at = 0; at < source.length; ) {
		const dollar = source.indexOf('$', at);
		if (dollar < 0) {
			literal += source.slice(at);
			break;
		}
		literal += source.slice(at, dollar);
		if (source[dollar + 1] === '$') {
			literal += '$';
			at = dollar + 2;
			continue;
		}
		if (literal) parts.push(literal);
		literal = '';
		const variable = parseVariable(source, dollar);
		parts.push(variable);
		at = variable.end;
	}
	if (literal) parts.push(literal);
	return parts;
}

/** A transformation's parameter: one variable, or a text in which `$` means nothing. */
export interface ParamSyntax {
	text: string;
	/** Whether blanks stand in front of it. */
	indented: boolean;
	variable: VariableSyntax | undefined;
}

/**
 * Splits a transformation's parameters at their commas. Blanks in front of a parameter are passed over; a text ends
 * at a tab or a line end too, and holds no closing brace. `$$` is a dollar sign. Columns count from the start of the parameters.
 * @param most how many parameters there can be; a comma behind the last one belongs to it (`{s.count,,}`)
 * @throws PvSyntaxError
 */
export function splitParams(text: string, most: number): ParamSyntax[] {
	const params: ParamSyntax[] = [];
	for (let start = 0; start <= text.length; ) {
		const begin = afterBlanks(text, start);
		const read = text[begin] === '$' ? variableParam(text, begin) : textParam(text, begin);
		const { end } = read;
		const param = { ...read.param, indented: begin > start };
		const next = afterBlanks(text, end);
		if (next < text.length && text[next] !== ',')
			throw new PvSyntaxError('a comma or the end of the parameters is expected', next);
		if (
			params.length === most - 1 &&
			!param.variable &&
			text[end] === ',' &&
			afterBlanks(text, end + 1) === text.length
		) {
			params.push({ ...param, text: `${param.text},` });
			break;
		}
		params.push(param);
		start = next + 1;
	}
	return params;
}

type ReadParam = { param: Omit<ParamSyntax, 'indented'>; end: number };

function variableParam(text: string, begin: number): ReadParam {
	const marker = text.startsWith('$$', begin) ? 2 : text.startsWith('$($)', begin) ? 4 : 0;
	if (marker) return { param: { text: '$', variable: undefined }, end: begin + marker };
	const variable = parseVariable(text, begin);
	return { param: { text: text.slice(begin, variable.end), variable }, end: variable.end };
}

function textParam(text: string, begin: number): ReadParam {
	let end = begin;
	while (end < text.length && !',\t\n}'.includes(text[end] as string)) end++;
	return { param: { text: text.slice(begin, end), variable: undefined }, end };
}

function afterBlanks(text: string, at: number): number {
	while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n') at++;
	return at;
}
