/**
 * The examples of the reference, read from `docs/examples/MODULE.txt`. One text is both languages' example, what the
 * reference shows, and what the tests execute. The README beside the files describes the notation.
 *
 * @module
 */
import { type ModParam, readSetting } from './example-setting.ts';

/** A line of an example's code. */
export interface Step {
	/** An expression or a statement that is the same in Lua and JavaScript, but for `null`. */
	readonly code: string;
	/** What the expression gives: JSON, or `/regex/` where it differs each time; undefined for a statement. */
	readonly gives: string | undefined;
	/** The function of the script that it stands in; undefined for the handler. */
	readonly within: string | undefined;
	/** The line in the file, from 1. */
	readonly line: number;
}

/** One example. */
export interface Example {
	/** What it is an example of: `KSR.hdr.get`, `$hu`, `{s.len}`. */
	readonly names: readonly string[];
	/** As in kamailio.cfg: those for the whole file, then the example's own. */
	readonly settings: readonly ModParam[];
	readonly ownSettings: readonly ModParam[];
	/** The request as text: request line, headers, an empty line and the body. Empty for a plain GET of `/`. */
	readonly request: string;
	readonly steps: readonly Step[];
	/** What the reply has to hold, in the same form. Empty where it does not matter. */
	readonly reply: string;
	/** Log lines that have to come, as `level text`. */
	readonly logs: readonly string[];
	/** Why it cannot be executed everywhere: what it needs beside the host. */
	readonly needs: string | undefined;
	/** The line of its heading. */
	readonly line: number;
}

const HEADING = /^== +(.+)$/;
const FUNCTION = /^function (\w+)$/;
const GIVES = ' => ';
const ASSIGNMENT = /^(\$\S+) = ("(?:[^"\\]|\\.)*"|-?\d+)$/;

/** A line of code; `$hu` stands for a call that reads it, `$var(x) = 5` for one that sets it. */
function toCode(text: string): string {
	if (!text.startsWith('$')) return text;
	const [, name = '', value = ''] = ASSIGNMENT.exec(text) ?? [];
	if (!name) return `KSR.pv.get(${JSON.stringify(text)})`;
	return `KSR.pv.${value.startsWith('"') ? 'sets' : 'seti'}(${JSON.stringify(name)}, ${value})`;
}

function toStep(text: string, within: string | undefined, line: number): Step {
	const at = text.lastIndexOf(GIVES);
	return at < 0
		? { code: toCode(text), gives: undefined, within, line }
		: { code: toCode(text.slice(0, at).trim()), gives: text.slice(at + GIVES.length).trim(), within, line };
}

/** The part of a line behind `> ` or `< `. */
const quoted = (line: string) => line.slice(2);

/**
 * The examples in a file.
 * @throws Error for a line that is in no example
 */
export function readExamples(text: string): Example[] {
	const examples: Example[] = [];
	const forAll: ModParam[] = [];
	let heading: { names: string[]; line: number } | undefined;
	let lines: { text: string; line: number }[] = [];
	const finish = () => {
		if (heading) examples.push({ ...toExample(lines, forAll), ...heading });
		lines = [];
	};
	for (const [i, raw] of text.split('\n').entries()) {
		const line = i + 1;
		const names = HEADING.exec(raw)?.[1]?.trim().split(/\s+/);
		if (names) {
			finish();
			heading = { names, line };
		} else if (raw.startsWith('#') || raw.trim() === '') continue;
		else if (heading) lines.push({ text: raw, line });
		else forAll.push(readSetting(raw, line));
	}
	finish();
	return examples;
}

function toExample(
	lines: readonly { text: string; line: number }[],
	forAll: readonly ModParam[],
): Omit<Example, 'names' | 'line'> {
	const own: ModParam[] = [];
	const request: string[] = [];
	const reply: string[] = [];
	const steps: Step[] = [];
	const logs: string[] = [];
	let needs: string | undefined;
	let within: string | undefined;
	for (const { text, line } of lines) {
		if (text.startsWith('modparam(')) own.push(readSetting(text, line));
		else if (/^>( |$)/.test(text)) request.push(quoted(text));
		else if (/^<( |$)/.test(text)) reply.push(quoted(text));
		else if (text.startsWith('log: ')) logs.push(text.slice(5));
		else if (text.startsWith('needs: ')) needs = text.slice(7);
		else if (FUNCTION.test(text)) within = FUNCTION.exec(text)?.[1];
		else steps.push(toStep(text.trim(), within, line));
	}
	return {
		settings: [...forAll, ...own],
		ownSettings: own,
		request: request.join('\n'),
		steps,
		reply: reply.join('\n'),
		logs,
		needs,
	};
}
