/**
 * Finds the differences between two answers to the same request.
 *
 * @module
 */
import type { HttpReply } from '../http/reply.ts';
import type { LogRecord } from '../log/logger.ts';

/** One thing that is not the same. Byte strings; undefined if one side has nothing there. */
export interface Difference {
	/** `status`, `reason`, `header content-type`, `body`, `log line 2`. */
	readonly what: string;
	readonly a: string | undefined;
	readonly b: string | undefined;
}

/** What is compared: a reply, and the script's log lines where both sides have them. */
export interface Answer {
	readonly reply: Pick<HttpReply, 'status' | 'reason' | 'headers' | 'body'>;
	readonly logs?: readonly LogRecord[] | undefined;
}

/** Header fields by name in lower case; values of one name in their order. */
export function headerFields(lines: string): Map<string, string[]> {
	const fields = new Map<string, string[]>();
	for (const line of lines.split('\r\n')) {
		const colon = line.indexOf(':');
		if (colon <= 0) continue;
		const name = line.slice(0, colon).toLowerCase();
		const values = fields.get(name) ?? [];
		values.push(line.slice(colon + 1).trim());
		fields.set(name, values);
	}
	return fields;
}

const logText = ({ level, text }: LogRecord) => `${level}: ${text}`;

/**
 * All differences between two answers.
 * @param ignored header fields that are not compared, in lower case
 */
export function differences(a: Answer, b: Answer, ignored: ReadonlySet<string> = new Set()): Difference[] {
	const found: Difference[] = [];
	const compare = (what: string, left: string | undefined, right: string | undefined) => {
		if (left !== right) found.push({ what, a: left, b: right });
	};
	compare('status', String(a.reply.status), String(b.reply.status));
	compare('reason', a.reply.reason, b.reply.reason);
	const [left, right] = [headerFields(a.reply.headers), headerFields(b.reply.headers)];
	for (const name of new Set([...left.keys(), ...right.keys()]))
		if (!ignored.has(name))
			compare(`header ${name}`, left.get(name)?.join(', '), right.get(name)?.join(', '));
	compare('body', a.reply.body, b.reply.body);
	if (a.logs && b.logs) {
		const scripts = (logs: readonly LogRecord[]) =>
			logs.filter((log) => log.origin === 'script').map(logText);
		const [ours, theirs] = [scripts(a.logs), scripts(b.logs)];
		for (let i = 0; i < Math.max(ours.length, theirs.length); i++)
			compare(`log line ${i + 1}`, ours[i], theirs[i]);
	}
	return found;
}

const WIDTH = 100;

/** A text for one line of a report. */
function excerpt(bytes: string | undefined, from: number): string {
	if (bytes === undefined) return '(nothing)';
	const start = Math.max(0, from - 20);
	const text = JSON.stringify(Buffer.from(bytes.slice(start, start + WIDTH), 'latin1').toString('utf8'));
	return `${start > 0 ? '…' : ''}${text}${bytes.length > start + WIDTH ? '…' : ''}`;
}

/** The first place where two texts differ. */
function firstDifference(a: string, b: string): number {
	let i = 0;
	while (i < a.length && a[i] === b[i]) i++;
	return i;
}

/** A difference for a reader, in three lines: what it is, and both sides from where they part. */
export function showDifference({ what, a, b }: Difference, nameA: string, nameB: string): string {
	const at = a !== undefined && b !== undefined ? firstDifference(a, b) : 0;
	const width = Math.max(nameA.length, nameB.length);
	return `${what} differs\n  ${nameA.padEnd(width)}  ${excerpt(a, at)}\n  ${nameB.padEnd(width)}  ${excerpt(b, at)}\n`;
}
