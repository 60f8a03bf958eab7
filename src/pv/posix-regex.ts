/**
 * POSIX extended regular expressions, matched in linear time.
 *
 * Kamailio uses the C library's regcomp() in the C locale; here RE2 matches, after a translation that follows glibc
 * to the letter: what is an error there is one here, a bracket expression is a set of bytes, case is that of ASCII.
 * References to groups (`\1`), which glibc has beyond POSIX, are refused: no linear-time engine has them.
 *
 * @module
 */
import type { Matcher } from 're2js';
import { library } from '../late.ts';
import { NOTHING, PosixSyntaxError, parseBracket, printSet } from './posix-bracket.ts';
import type { PosixOptions } from './posix-options.ts';

const re2 = library('re2js');

/** A compiled expression, for byte strings. */
export interface PosixRegex {
	/** True if the expression matches anywhere in the text. */
	test(text: string): boolean;
	/** A matcher for the leftmost-longest matches, with their groups. */
	matcher(text: string): Matcher;
}

/** What a backslash makes special: assertions, behind which nothing can be repeated, and classes. */
const ASSERTIONS: Readonly<Record<string, string>> = {
	'<': '\\b(?<!\\w)',
	'>': '\\b(?<=\\w)',
	b: '\\b',
	B: '\\B',
	'`': '\\A',
	"'": '\\z',
};
const CLASSES = 'wWsS';

/** The most that regcomp() counts to (RE_DUP_MAX). */
const MOST_REPEATS = 32767;

/** Translates one expression, from its start to its end. */
class Translator {
	readonly #source: string;
	readonly #options: PosixOptions;
	#at = 0;

	constructor(source: string, options: PosixOptions) {
		this.#source = source;
		this.#options = options;
	}

	/**
	 * The alternatives from here to the end of the group, or of the whole.
	 * @param depth how many groups are open; outside of all a closing parenthesis is a character
	 */
	alternatives(depth: number): string {
		let text = '';
		for (;;) {
			const char = this.#source[this.#at];
			if (char === undefined || (char === ')' && depth > 0)) return text;
			if (char === '|') {
				text += char;
				this.#at++;
			} else text += this.#piece(depth);
		}
	}

	/** An atom with its repetitions, or an assertion. */
	#piece(depth: number): string {
		const char = this.#next();
		if (char === '^' || char === '$') return this.#unrepeated(char);
		if ('*+?{'.includes(char)) throw new PosixSyntaxError(`there is nothing that "${char}" could repeat`);
		if (char === '(') return this.#repeated(this.#group(depth));
		if (char === '[') {
			const { set, end } = parseBracket(this.#source, this.#at, this.#options);
			this.#at = end;
			return this.#repeated(printSet(set));
		}
		if (char === '.') return this.#repeated(this.#options.newline ? '[^\\n]' : '.');
		if (char === '\\') return this.#escaped();
		return this.#repeated(this.#literal(char));
	}

	#group(depth: number): string {
		const inside = this.alternatives(depth + 1);
		if (this.#source[this.#at] !== ')') throw new PosixSyntaxError('a parenthesis is not closed');
		this.#at++;
		return `(${inside})`;
	}

	#escaped(): string {
		if (this.#at === this.#source.length) throw new PosixSyntaxError('a backslash at the end');
		const char = this.#next();
		if (char >= '1' && char <= '9')
			throw new PosixSyntaxError(`\\${char}: references to groups are not supported`);
		const assertion = ASSERTIONS[char];
		if (assertion) return this.#unrepeated(assertion);
		if (CLASSES.includes(char)) return this.#repeated(`\\${char}`);
		// glibc compares texts in upper case then, but not the letter behind a backslash
		if (this.#options.ignoreCase && /[a-z]/.test(char)) return this.#repeated(NOTHING);
		return this.#repeated(this.#literal(char));
	}

	#literal(char: string): string {
		const code = char.charCodeAt(0);
		if (this.#options.ignoreCase && /[a-zA-Z]/.test(char))
			return `[${char.toLowerCase()}${char.toUpperCase()}]`;
		return /\w/.test(char) ? char : `\\x${code.toString(16).padStart(2, '0')}`;
	}

	/** An assertion: in glibc a repetition behind it is an error of its own. */
	#unrepeated(assertion: string): string {
		const char = this.#source[this.#at];
		if (char && '*+?{'.includes(char)) throw new PosixSyntaxError(`"${char}" cannot repeat an assertion`);
		return assertion;
	}

	/** An atom with what repeats it. Each repetition is wrapped: two of RE2's in a row mean something else. */
	#repeated(atom: string): string {
		let text = atom;
		for (let repeats = 0; ; repeats++) {
			const char = this.#source[this.#at];
			if (!char || !'*+?{'.includes(char)) return text;
			this.#at++;
			text = (repeats ? `(?:${text})` : text) + (char === '{' ? this.#interval() : char);
		}
	}

	/** `{2}`, `{2,}`, `{,3}`, `{2,3}`, from behind the brace. */
	#interval(): string {
		const close = this.#source.indexOf('}', this.#at);
		if (close < 0) throw new PosixSyntaxError('"{" is not closed');
		const [whole, low, comma, high] = /^(\d*)(,?)(\d*)$/.exec(this.#source.slice(this.#at, close)) ?? [];
		this.#at = close + 1;
		const least = Number(low);
		const most = comma ? (high ? Number(high) : undefined) : least;
		if (!whole || (most !== undefined && least > most))
			throw new PosixSyntaxError('a repetition is wrong between { and }');
		if ((most ?? least) > MOST_REPEATS)
			throw new PosixSyntaxError(`nothing can be repeated ${most ?? least} times`);
		return most === undefined ? `{${least},}` : most === least ? `{${least}}` : `{${least},${most}}`;
	}

	#next(): string {
		return this.#source[this.#at++] as string;
	}
}

/**
 * Matching takes time in proportion to the text and to the expression; a script must not be able to make both large
 * (`KSR.textops.search_str(body, body)`).
 */
export const MAX_PATTERN_LENGTH = 2000;

/** Why an expression is refused that is longer than that. */
export function patternTooLong(source: string): string {
	return `the expression is ${source.length} bytes long, more than ${MAX_PATTERN_LENGTH}`;
}

/**
 * Compiles an expression, or says why it cannot.
 * @param source a POSIX extended regular expression, as a byte string
 */
export function compilePosix(source: string, options: PosixOptions = {}): PosixRegex | string {
	if (source.length > MAX_PATTERN_LENGTH) return patternTooLong(source);
	try {
		const translated = new Translator(source, options).alternatives(0);
		const { RE2JS } = re2();
		let flags = RE2JS.LONGEST_MATCH | (options.newline ? RE2JS.MULTILINE : RE2JS.DOTALL);
		if (translated.includes('(?<')) flags |= RE2JS.LOOKBEHINDS;
		const regex = RE2JS.compile(translated, flags);
		return { test: (text) => regex.test(text), matcher: (text) => regex.matcher(text) };
	} catch (error) {
		return `"${source}": ${(error as Error).message}`;
	}
}
