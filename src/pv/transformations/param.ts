/**
 * `{param.…}`: lists like `a=1;b="two";c` (core/parser/parse_param.c). With `&` between them it is a query string.
 *
 * @module
 */
import { PvSyntaxError } from '../syntax-error.ts';
import { type Apply, type Transformation, TransformationError } from '../transformation.ts';
import type { Text } from '../variable.ts';
import { charParam, integerParam, stringParam } from './params.ts';

/** One parameter; a missing value is an empty one. */
interface ListItem {
	readonly name: string;
	readonly value: string;
}

const BLANKS = ' \t\r\n';

/** Reads a list from its start to its end. */
class ListReader {
	readonly #list: string;
	readonly #separator: string;
	#at = 0;

	constructor(list: string, separator: string) {
		this.#list = list;
		this.#separator = separator;
	}

	/**
	 * One parameter. A value is quoted, or ends at white space, a comma or the separator.
	 * @throws TransformationError
	 */
	item(): ListItem {
		const name = this.#token('=');
		this.#skipBlanks();
		if (this.#list[this.#at] !== '=') return { name, value: '' };
		this.#at++;
		this.#skipBlanks();
		if (this.#at === this.#list.length) return { name, value: '' };
		const first = this.#list[this.#at];
		const value = first === '"' || first === "'" ? this.#quoted(first) : this.#token();
		if (value === '' && (first === ',' || first === this.#separator))
			throw new TransformationError(`"${name}=" has no value`);
		this.#skipBlanks();
		return { name, value };
	}

	/**
	 * Passes over a separator. False at the end, which a comma or a `>` is too: a header's next list begins there.
	 * @throws TransformationError if something else stands, or nothing behind the separator
	 */
	more(): boolean {
		const char = this.#list[this.#at];
		if (char === undefined) return false;
		if (char !== this.#separator && (char === ',' || char === '>')) return false;
		if (char !== this.#separator)
			throw new TransformationError(`"${char}" stands where "${this.#separator}" should`);
		this.#at++;
		this.#skipBlanks();
		if (this.#at === this.#list.length) throw new TransformationError(`nothing follows the last "${char}"`);
		return true;
	}

	#token(stop?: string): string {
		const begin = this.#at;
		for (; this.#at < this.#list.length; this.#at++) {
			const char = this.#list[this.#at] as string;
			if (char === ',' || char === this.#separator || char === stop || BLANKS.includes(char)) break;
		}
		return this.#list.slice(begin, this.#at);
	}

	#quoted(quote: string): string {
		const begin = this.#at + 1;
		const close = this.#list.indexOf(quote, begin);
		if (close < 0) throw new TransformationError('a quote is not closed');
		this.#at = close + 1;
		return this.#list.slice(begin, close);
	}

	#skipBlanks(): void {
		while (this.#at < this.#list.length && BLANKS.includes(this.#list[this.#at] as string)) this.#at++;
	}
}

/**
 * The parameters of a list. One separator at its end is passed over.
 * @throws TransformationError if the list is empty or no list
 */
function parseList(list: string, separator: string): ListItem[] {
	if (list === '') throw new TransformationError('the list is empty');
	if (separator === ' ') throw new TransformationError('a blank separates nothing: it ends a value');
	const reader = new ListReader(
		list.length > 1 && list.endsWith(separator) ? list.slice(0, -1) : list,
		separator,
	);
	const items = [reader.item()];
	while (reader.more()) items.push(reader.item());
	return items;
}

/** A separator: one character that is written out, right behind the comma. */
function separatorParam(text: Text | undefined): string {
	if (!text) return ';';
	if (text.source === '' && text.indented) return ' ';
	if (text.variable || text.indented || text.source.length !== 1)
		throw new PvSyntaxError(`a separator is one character, not "${text.source}"`, 0);
	return text.source;
}

/** A transformation that looks for a name; of several the last counts. */
function byName(result: (found: ListItem | undefined) => string | number): (args: readonly Text[]) => Apply {
	return ([nameText, separatorText]) => {
		const name = stringParam(nameText);
		const separator = separatorParam(separatorText);
		return (value, ctx) => {
			const items = parseList(value, separator);
			const wanted = name(ctx).toLowerCase();
			return result(items.findLast((item) => item.name.toLowerCase() === wanted));
		};
	};
}

/** A transformation that takes the parameter at an index; -1 is the last. */
function byIndex(result: (found: ListItem | undefined) => string): (args: readonly Text[]) => Apply {
	return ([indexText, separatorText]) => {
		const index = integerParam(indexText);
		const separator = separatorParam(separatorText);
		return (value, ctx) => result(parseList(value, separator).at(index(ctx)));
	};
}

/** The transformations of the class `param`. */
export const paramTransformations: readonly Transformation[] = [
	{
		name: 'param.value',
		params: ['name', '[separator]'],
		doc: "The value of a parameter, whose name's case does not matter; empty where there is none.",
		bind: byName((found) => found?.value ?? ''),
	},
	{
		name: 'param.in',
		params: ['name', '[separator]'],
		doc: 'Whether there is a parameter of a name: 1 or 0.',
		bind: byName((found) => (found ? 1 : 0)),
	},
	{
		name: 'param.valueat',
		params: ['index', '[separator]'],
		doc: 'The value of the parameter at an index; negative counts from the end. Empty where there is none.',
		bind: byIndex((found) => found?.value ?? ''),
	},
	{
		name: 'param.name',
		params: ['index', '[separator]'],
		doc: 'The name of the parameter at an index; negative counts from the end. Empty where there is none.',
		bind: byIndex((found) => found?.name ?? ''),
	},
	{
		name: 'param.count',
		params: ['[separator]'],
		doc: 'How many parameters there are, as an integer.',
		bind([text]) {
			if (text?.variable) {
				const char = charParam(text);
				return (value, ctx) => parseList(value, char(ctx)).length;
			}
			const separator = separatorParam(text);
			return (value) => parseList(value, separator).length;
		},
	},
];
