/**
 * `/expression/replacement/flags`: finding and replacing in the way of sed (core/re.c).
 *
 * The first character is the separator. The expression is POSIX extended, with line ends apart (REG_NEWLINE); flag
 * `i` is for no regard to case, `g` for all matches, `s` for line ends as ordinary characters. In the replacement
 * `\0` to `\9` are the match and its groups, `\n \r \t` control characters, `\u` the request's target, `$…`
 * variables; a backslash takes the meaning from any other character.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { compilePosix, type PosixRegex } from './posix-regex.ts';
import { PvSyntaxError } from './syntax-error.ts';
import { TransformationError } from './transformation.ts';
import { checkLength, embeddedVariable } from './transformations/params.ts';

/** A part of a replacement that is no plain text. */
export interface DynamicPart {
	/** As it is written: `\1`, `\u`, `$var(x)`. */
	readonly source: string;
	/** The number of the group that it stands for. */
	readonly group?: number;
	/** Its text for one match: its groups, of which the first is the whole match. */
	get(groups: readonly string[], ctx: RequestContext): string;
}

/** A part of the replacement. */
export type Part = string | DynamicPart;

/** A compiled expression. */
export interface Substitution {
	readonly regex: PosixRegex;
	readonly parts: readonly Part[];
	readonly all: boolean;
}

/** What is wrong with a substitution; undefined where it is one. */
export function substitutionProblem(source: string): string | undefined {
	try {
		compileSubstitution(source);
		return undefined;
	} catch (error) {
		if (!(error instanceof PvSyntaxError)) throw error;
		return error.message;
	}
}

/**
 * Compiles `/expression/replacement/flags`.
 * @throws PvSyntaxError
 */
export function compileSubstitution(source: string): Substitution {
	const separator = source.charAt(0);
	if (separator === '\\' || source.length < 3)
		throw new PvSyntaxError('/expression/replacement/flags is expected', 0);
	let middle = 1;
	while (source[middle] !== separator || source[middle - 1] === '\\')
		if (++middle >= source.length) throw new PvSyntaxError(`a second "${separator}" is missing`, middle);
	const { parts, end } = compileReplacement(source, middle + 1, separator);
	if (end === undefined) throw new PvSyntaxError(`a third "${separator}" is missing`, source.length);
	const flags = source.slice(end + 1);
	const [unknown] = /[^gis]/.exec(flags) ?? [];
	if (unknown) throw new PvSyntaxError(`there is no flag "${unknown}"; there are g, i and s`, end + 1);
	const options = { ignoreCase: flags.includes('i'), newline: !flags.includes('s') };
	const regex = compilePosix(source.slice(1, middle), options);
	if (typeof regex === 'string') throw new PvSyntaxError(regex, 1);
	return { regex, parts, all: flags.includes('g') };
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function compileEscape(char: string): Part {
	if (char >= '0' && char <= '9') {
		const group = Number(char);
		return { source: `\\${char}`, group, get: (groups) => groups[group] ?? '' };
	}
	if (char === 'u') return { source: '\\u', get: (_groups, ctx) => ctx.request.target };
	return CONTROLS[char] ?? char;
}

/** A variable inside the replacement; null is empty. */
function compileVariable(source: string, dollar: number): { part: Part; end: number } {
	if (source[dollar + 1] === '$') return { part: '$', end: dollar + 2 };
	const { text, end } = embeddedVariable(source, dollar);
	return { part: { source: text.source, get: (_groups, ctx) => String(text.variable?.get(ctx) ?? '') }, end };
}

/**
 * The replacement, from its begin to the separator that ends it, or to the end of the text.
 * @returns its parts, and the place of the separator; no place where there is none
 * @throws PvSyntaxError
 */
export function compileReplacement(
	source: string,
	begin: number,
	separator?: string,
): { parts: Part[]; end?: number } {
	const parts: Part[] = [];
	for (let at = begin; at < source.length; ) {
		const char = source[at] as string;
		if (char === '\\' && at + 1 < source.length) {
			parts.push(compileEscape(source[at + 1] as string));
			at += 2;
		} else if (char === '$') {
			const { part, end } = compileVariable(source, at);
			parts.push(part);
			at = end;
		} else if (char === separator) {
			return { parts, end: at };
		} else {
			parts.push(char);
			at++;
		}
	}
	return { parts };
}

/** Up to this many bytes a text is matched as Kamailio does it, whose transformations take no longer ones. */
const KAMAILIO_LENGTH = 8190;

/**
 * Replaces the first match or all. As in C, a NUL byte ends the text.
 *
 * For each further match Kamailio looks at the rest alone: a word can begin where the match before ended. The rest
 * is copied for that where it matters.
 * @returns null if nothing matches
 * @throws TransformationError for an empty match
 */
export function substitute(
	{ regex, parts, all }: Substitution,
	value: string,
	ctx: RequestContext,
): string | null {
	const nul = value.indexOf('\0');
	let text = nul < 0 ? value : value.slice(0, nul);
	let result = '';
	let matcher = regex.matcher(text);
	let from = 0;
	let matched = false;
	while (matcher.find(from)) {
		const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? '');
		if (groups[0] === '') throw new TransformationError('the expression matches an empty text');
		matched = true;
		result += text.slice(from, matcher.start());
		for (const part of parts) result += typeof part === 'string' ? part : part.get(groups, ctx);
		checkLength(result.length + text.length);
		from = matcher.end();
		if (!all) break;
		const before = text.charAt(from - 1);
		if (text.length > KAMAILIO_LENGTH || !/[\w\r\n]/.test(before)) continue;
		// a line can begin behind a line end; behind anything else not, for which a blank stands here
		const begin = before === '\r' || before === '\n' ? '' : ' ';
		text = begin + text.slice(from);
		from = begin.length;
		matcher = regex.matcher(text);
	}
	return matched ? result + text.slice(from) : null;
}
