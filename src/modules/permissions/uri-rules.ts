/**
 * Files of rules that allow or deny pairs of URIs (modules/permissions/parse_config.c, rule.c):
 *
 *     # from whom : to whom
 *     "^sip:.*@example\.com$", "^sip:bob@" EXCEPT "^sip:eve@" : ALL
 *
 * @module
 */
import { compilePosix, type PosixRegex } from '../../pv/posix-regex.ts';

/** Expressions of one side of a rule; undefined for ALL. */
type Expressions = readonly PosixRegex[] | undefined;

/** One side: what is meant, and what of it is not. */
interface Side {
	readonly among: Expressions;
	readonly except: Expressions;
}

interface Rule {
	readonly from: Side;
	readonly to: Side;
}

/** Splits at a separator outside of quotes. */
function split(text: string, separator: string, limit: number): string[] {
	const tokens = text.match(new RegExp(`"[^"]*"|${separator}|[\\s\\S]`, 'g')) ?? [];
	const parts = [''];
	for (const token of tokens)
		if (token === separator && parts.length < limit) parts.push('');
		else parts[parts.length - 1] += token;
	return parts;
}

/** Thrown with what is wrong with a line. */
class RuleError extends Error {}

function expressionsOf(text: string): Expressions {
	if (text.trim() === 'ALL') return undefined;
	const items = split(text, ',', Number.POSITIVE_INFINITY);
	if (items.some((item) => item.trim() === '')) throw new RuleError('an expression is missing');
	// what stands in no quotes means nothing
	return items.flatMap((item) => {
		const source = /"(.*)"/.exec(item)?.[1];
		if (source === undefined) return [];
		const regex = compilePosix(source, { ignoreCase: true });
		if (typeof regex === 'string') throw new RuleError(regex);
		return [regex];
	});
}

function sideOf(text: string): Side {
	const [among = '', except] = split(text, ' EXCEPT ', 2);
	const excepted = except === undefined ? [] : expressionsOf(except);
	return { among: expressionsOf(among), except: excepted ?? [] };
}

function fits({ among, except }: Side, text: string): boolean {
	const holds = (expressions: Expressions) => expressions?.some((regex) => regex.test(text)) ?? true;
	return holds(among) && !holds(except);
}

/** The rules of a file. */
export class UriRules {
	readonly #rules: readonly Rule[];

	/** @param onWrong told of each line that is left out since it is no rule */
	constructor(text: string, onWrong: (line: number, why: string) => void) {
		const rules: Rule[] = [];
		for (const [i, line] of text.split('\n').entries()) {
			const [content = ''] = split(line, '#', 2);
			if (content.trim() === '') continue;
			try {
				const [from = '', to] = split(content, ':', 2);
				if (to === undefined) throw new RuleError('there is no colon between two sides');
				rules.push({ from: sideOf(from), to: sideOf(to) });
			} catch (error) {
				if (!(error instanceof RuleError)) throw error;
				onWrong(i + 1, error.message);
			}
		}
		this.#rules = rules;
	}

	/** True if a rule fits a pair of URIs. */
	fits(from: string, to: string): boolean {
		return this.#rules.some((rule) => fits(rule.from, from) && fits(rule.to, to));
	}
}
