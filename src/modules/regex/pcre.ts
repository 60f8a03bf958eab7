/**
 * Perl-compatible regular expressions, matched in linear time.
 *
 * Kamailio has PCRE, which tries one way after the other and can take for ever; here RE2 matches, after a translation
 * that says byte by byte what PCRE would take. What no linear-time engine has is refused: references to groups,
 * looking ahead, atomic groups and possessive repetitions, recursion, conditions. Differences are left in
 * corners: with `m`, `^` also matches behind a last line end, and nothing matches the line end behind a `$`.
 *
 * @module
 */
import { library } from '../../late.ts';
import { printSet } from '../../pv/posix-bracket.ts';
import { MAX_PATTERN_LENGTH, patternTooLong } from '../../pv/posix-regex.ts';
import {
	type ByteSet,
	bothCases,
	complement,
	escapedByte,
	letterSet,
	PcreError,
	parseClass,
	single,
} from './pcre-class.ts';

const re2 = library('re2js');

/** What pcre_compile() takes as options, and `(?imsx)` sets. */
export interface PcreOptions {
	readonly ignoreCase: boolean;
	readonly multiline: boolean;
	readonly dotAll: boolean;
	readonly extended: boolean;
	/** Repetitions take as little as they can, and as much where a question mark stands behind them. */
	readonly ungreedy?: boolean;
}

/** A compiled expression, for byte strings. */
export interface Pcre {
	/** How many groups it has; undefined if they cannot be told, as `\K` and `(?|…)` would have them. */
	readonly groups: number | undefined;
	/** True if the expression matches anywhere in the text. */
	test(text: string): boolean;
	/** The first match and its groups, empty for those that took no part; undefined if nothing matches. */
	exec(text: string): readonly string[] | undefined;
}

/** J is left out: names make no difference. */
const OPTION_LETTERS: Readonly<Record<string, keyof PcreOptions>> = {
	i: 'ignoreCase',
	m: 'multiline',
	s: 'dotAll',
	x: 'extended',
	U: 'ungreedy',
};

const ALL = new Uint8Array(256).fill(1);
const NO_LINE_FEED = complement(single(10));

/** Assertions and the like that a letter means behind a backslash. */
const ESCAPES: Readonly<Record<string, string>> = {
	A: '\\A',
	G: '\\A',
	Z: '(?:\\n?\\z)',
	z: '\\z',
	b: '\\b',
	B: '\\B',
	K: '',
};

/** `{2}`, `{2,}`, `{2,3}`; anything else behind a brace makes it a character. */
const INTERVAL = /^\{\d+(?:,\d*)?\}/;

/** The most that PCRE counts to. */
const MOST_REPEATS = 65535;

/** Translates one expression, from its start to its end. */
class Translator {
	readonly #source: string;
	/** How many groups there are in all, for telling references from octal numbers. */
	readonly #groups: number;
	#at = 0;
	/** False if groups are not what their numbers say. */
	groupsAreKnown = true;

	constructor(source: string) {
		this.#source = source;
		this.#groups = source.match(/(?<!\\)\((?!\?)/g)?.length ?? 0;
	}

	/** The whole expression. */
	translate(options: PcreOptions): string {
		const text = this.#alternatives(options);
		if (this.#at < this.#source.length) throw new PcreError('")" closes nothing');
		return text;
	}

	/** The alternatives up to the end of the group. Options that are set inside hold until there. */
	#alternatives(from: PcreOptions): string {
		let options = from;
		let text = '';
		for (;;) {
			this.#skipComments(options);
			const char = this.#source[this.#at];
			if (char === undefined || char === ')') return text;
			const inline = char === '(' ? this.#inlineOptions(options) : undefined;
			if (inline) options = inline;
			else if (char === '|') {
				text += char;
				this.#at++;
			} else text += this.#piece(options);
		}
	}

	/** White space and comments of extended expressions, comments in parentheses, and a lone `\E`. */
	#skipComments({ extended }: PcreOptions): void {
		const pattern = extended ? /(?:[ \t-\r]|#[^\n]*|\(\?#[^)]*\)|\\E)+/y : /(?:\(\?#[^)]*\)|\\E)+/y;
		pattern.lastIndex = this.#at;
		this.#at += pattern.exec(this.#source)?.[0].length ?? 0;
	}

	/** `(?i)`, `(?-i)`: the options from here on. */
	#inlineOptions(options: PcreOptions): PcreOptions | undefined {
		const pattern = /\(\?([imsxJU]*)(?:-([imsxJU]*))?\)/y;
		pattern.lastIndex = this.#at;
		const [whole, on = '', off = ''] = pattern.exec(this.#source) ?? [];
		if (whole === undefined) return undefined;
		this.#at += whole.length;
		return withLetters(options, on, off);
	}

	/** An atom with its repetition, or an assertion. */
	#piece(options: PcreOptions): string {
		const char = this.#source[this.#at] as string;
		if (char === '(') return this.#repeated(this.#group(options), options);
		if (char === '\\') return this.#escaped(options);
		this.#at++;
		switch (char) {
			case '^':
				return options.multiline ? '(?m:^)' : '\\A';
			case '$':
				return options.multiline ? '(?m:$)' : '(?:\\n?\\z)';
			case '.':
				return this.#repeated(printSet(options.dotAll ? ALL : NO_LINE_FEED), options);
			case '[': {
				const { set, end } = parseClass(this.#source, this.#at, options.ignoreCase);
				this.#at = end;
				return this.#repeated(printSet(set), options);
			}
			case '*':
			case '+':
			case '?':
				throw new PcreError(`there is nothing that "${char}" could repeat`);
			default:
				if (INTERVAL.test(this.#source.slice(this.#at - 1, this.#at + 20)))
					throw new PcreError('there is nothing that "{" could repeat');
				return this.#literal(char.charCodeAt(0), options);
		}
	}

	#group(options: PcreOptions): string {
		const pattern = /\((?:\?(?:([imsxJU]*)(?:-([imsxJU]*))?(:)|(\|)|P?<\w+>|'\w+'|(<[=!]))|(?![?*]))/y;
		pattern.lastIndex = this.#at;
		const [whole, on = '', off = '', plain, reset, behind] = pattern.exec(this.#source) ?? [];
		if (whole === undefined) {
			const [start = ''] = /^.{1,4}/s.exec(this.#source.slice(this.#at)) ?? [];
			throw new PcreError(`"${start}" is not supported`);
		}
		this.#at += whole.length;
		const inside = this.#alternatives(withLetters(options, on, off));
		if (this.#source[this.#at] !== ')') throw new PcreError('a parenthesis is not closed');
		this.#at++;
		if (reset) this.groupsAreKnown = false;
		return plain || reset ? `(?:${inside})` : behind ? `(?${behind}${inside})` : `(${inside})`;
	}

	#escaped(options: PcreOptions): string {
		const letter = this.#source[this.#at + 1] ?? '';
		const assertion = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
		const set = letter === 'C' || letter === 'X' ? ALL : letter === 'N' ? NO_LINE_FEED : letterSet(letter);
		if (assertion !== undefined || set || 'QR'.includes(letter || '-')) this.#at += 2;
		if (letter === 'K') this.groupsAreKnown = false;
		if (assertion !== undefined) return assertion;
		if (set) return this.#repeated(printSet(set), options);
		if (letter === 'R') return this.#repeated(`(?:\\r\\n|${printSet(letterSet('v') as ByteSet)})`, options);
		if (letter === 'Q') return this.#quoted(options);
		const [number = ''] = /^[1-9]\d*/.exec(this.#source.slice(this.#at + 1, this.#at + 4)) ?? [];
		if (number !== '' && (Number(number) < 10 || Number(number) <= this.#groups))
			throw new PcreError(`\\${number}: references to groups are not supported`);
		const { code, end } = escapedByte(this.#source, this.#at + 1);
		this.#at = end;
		return this.#literal(code, options);
	}

	/** `\Q…\E`, from behind `\Q`: what repeats the last character stands behind `\E`. */
	#quoted(options: PcreOptions): string {
		const close = this.#source.indexOf('\\E', this.#at);
		const chars = this.#source.slice(this.#at, close < 0 ? undefined : close);
		this.#at = close < 0 ? this.#source.length : close + 2;
		const sets = [...chars].map((char) => this.#print(char.charCodeAt(0), options));
		const last = sets.pop();
		return last === undefined ? '' : sets.join('') + this.#repeated(last, options);
	}

	#print(code: number, { ignoreCase }: PcreOptions): string {
		return printSet(ignoreCase ? bothCases(single(code)) : single(code));
	}

	#literal(code: number, options: PcreOptions): string {
		return this.#repeated(this.#print(code, options), options);
	}

	/** An atom with what repeats it. */
	#repeated(atom: string, options: PcreOptions): string {
		this.#skipComments(options);
		const pattern = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/y;
		pattern.lastIndex = this.#at;
		const [whole, low, comma, high] = pattern.exec(this.#source) ?? [];
		if (whole === undefined) return atom;
		this.#at += whole.length;
		const follows = this.#source[this.#at];
		if (follows === '+') throw new PcreError('possessive repetitions are not supported');
		if (follows === '?') this.#at++;
		const lazy = (follows === '?') !== (options.ungreedy ?? false) ? '?' : '';
		if (low === undefined) return atom + whole + lazy;
		const least = Number(low);
		const most = comma ? (high ? Number(high) : undefined) : least;
		if (Math.max(least, most ?? 0) > MOST_REPEATS)
			throw new PcreError(`nothing can be repeated ${whole} times`);
		if (most !== undefined && most < least) throw new PcreError(`${whole}: the numbers are out of order`);
		return `${atom}{${least}${most === undefined ? ',' : most === least ? '' : `,${most}`}}${lazy}`;
	}
}

function withLetters(options: PcreOptions, on: string, off: string): PcreOptions {
	const changed = { ...options };
	for (const letter of on + off) {
		const name = OPTION_LETTERS[letter];
		if (name) changed[name] = !off.includes(letter);
	}
	return changed;
}

/**
 * Compiles an expression, or says why it cannot.
 * @param source a Perl-compatible regular expression, as a byte string
 */
export function compilePcre(source: string, options: PcreOptions): Pcre | string {
	if (source.length > MAX_PATTERN_LENGTH) return patternTooLong(source);
	try {
		const translator = new Translator(source);
		const translated = translator.translate(options);
		const { RE2JS } = re2();
		const regex = RE2JS.compile(translated, translated.includes('(?<') ? RE2JS.LOOKBEHINDS : 0);
		return {
			groups: translator.groupsAreKnown ? regex.groupCount() : undefined,
			test: (text) => regex.test(text),
			exec(text) {
				const matcher = regex.matcher(text);
				if (!matcher.find()) return undefined;
				return Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? '');
			},
		};
	} catch (error) {
		return `"${source}": ${(error as Error).message}`;
	}
}
