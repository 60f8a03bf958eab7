/**
 * Broken copies of scripts, as a hasty hand makes them: the same ones each time.
 *
 * @module
 */
import { extname } from 'node:path';

/** A copy of a script with one mistake. */
export interface BrokenCopy {
	/** What was done to it. */
	readonly what: string;
	readonly code: string;
	/** The rule of `kemihost check` that has to find it, and on which line, where that is certain. */
	readonly finding?: { readonly rule: string; readonly line: number };
}

/** A place in a source. */
interface Match {
	readonly index: number;
	readonly text: string;
}

const COMMENT = { '.lua': /--[^\n]*/g, '.cfg': /#[^\n]*/g, '.js': /\/\/[^\n]*/g } as const;

type Ending = keyof typeof COMMENT;

/** All matches outside of comments. */
function matches(code: string, ending: Ending, pattern: RegExp): Match[] {
	const comments = [...code.matchAll(COMMENT[ending])].map(({ index, 0: text }) => [
		index,
		index + text.length,
	]);
	return [...code.matchAll(pattern)]
		.map(({ index, 0: text }) => ({ index, text }))
		.filter(({ index }) => !comments.some(([from = 0, to = 0]) => index >= from && index < to));
}

const lineOf = (code: string, offset: number) => code.slice(0, offset).split('\n').length;

const replaced = (code: string, { index, text }: Match, by: string) =>
	code.slice(0, index) + by + code.slice(index + text.length);

/** One of a list, chosen by a number. */
const chosen = <T>(list: readonly T[], seed: number): T | undefined =>
	list[(Math.imul(seed + 1, 2654435761) >>> 0) % (list.length || 1)];

/** A name with two of its letters swapped. */
function misspelt(name: string): string {
	const at = [...name].findIndex((letter, i) => i > 0 && name[i + 1] !== undefined && letter !== name[i + 1]);
	return name.slice(0, at) + name[at + 1] + name[at] + name.slice(at + 2);
}

const CALLS = {
	'.lua': /(?<=KSR\.\w+\.)\w{4,}(?=\()/g,
	'.js': /(?<=KSR\.\w+\.)\w{4,}(?=\()/g,
	'.cfg': /\b(xhttp_reply|append_to_reply|xlog|xinfo|sl_send_reply)(?=\()/g,
} as const;
const ENDS = { '.lua': /\bend\b/g, '.js': /\}/g, '.cfg': /\}/g } as const;

/** The broken copies of a script. */
export function brokenCopies(name: string, code: string): BrokenCopy[] {
	const ending = extname(name) as Ending;
	const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0;
	const copies: BrokenCopy[] = [];
	const add = (what: string, place: Match | undefined, by: string, rule?: string) => {
		if (!place) return;
		const line = lineOf(code, place.index);
		const finding = rule === undefined ? {} : { finding: { rule, line } };
		copies.push({ what: `${what} on line ${line}`, code: replaced(code, place, by), ...finding });
	};
	const tokens = matches(code, ending, /\w+|[^\s\w]/g);
	for (let i = 0; i < 3; i++) {
		const token = chosen(tokens, seed + i);
		add(`without ${JSON.stringify(token?.text)}`, token, '');
	}
	const call = chosen(matches(code, ending, CALLS[ending]), seed);
	if (call) add(`${call.text} misspelt`, call, misspelt(call.text), 'unknown-function');
	add('the last block is not closed', matches(code, ending, ENDS[ending]).at(-1), '', undefined);
	add('a quote is missing', chosen(matches(code, ending, /["']/g), seed), '');
	const status = ending === '.cfg' ? /(?<=xhttp_reply\()"\d+"/g : /(?<=xhttp_reply\()\d+/g;
	add('a word for a number', chosen(matches(code, ending, status), seed), '"two"', 'argument-type');
	return copies;
}
