/**
 * Reports of line coverage: for a person, and in lcov's format.
 *
 * @module
 */
import { relative } from 'node:path';
import type { FileCoverage } from '../results.ts';

/** What several runs saw of the same files, put together. */
export function merge(parts: readonly FileCoverage[]): FileCoverage[] {
	const files = new Map<string, { lines: Set<number>; hit: Set<number> }>();
	for (const { file, lines, hit } of parts) {
		const known = files.get(file) ?? { lines: new Set(), hit: new Set() };
		for (const line of lines) known.lines.add(line);
		for (const line of hit) known.hit.add(line);
		files.set(file, known);
	}
	const sorted = (set: Set<number>) => [...set].sort((a, b) => a - b);
	return [...files]
		.map(([file, { lines, hit }]) => ({ file, lines: sorted(lines), hit: sorted(hit) }))
		.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Runs of lines: `3-5, 9`. */
function ranges(lines: readonly number[], all: readonly number[]): string {
	const parts: [number, number][] = [];
	for (const line of lines) {
		const last = parts.at(-1);
		// a gap in which there is no code does not end a run
		if (last && !all.some((other) => other > last[1] && other < line)) last[1] = line;
		else parts.push([line, line]);
	}
	return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

/** A table: the share of lines that ran, and those that did not. */
export function coverageText(files: readonly FileCoverage[], folder = process.cwd()): string {
	const rows = files.map(({ file, lines, hit }) => {
		const ran = new Set(hit);
		const missing = lines.filter((line) => !ran.has(line));
		const share = lines.length === 0 ? 100 : ((lines.length - missing.length) / lines.length) * 100;
		return { name: relative(folder, file), share, missing: ranges(missing, lines) };
	});
	const width = Math.max(4, ...rows.map(({ name }) => name.length));
	const line = (name: string, share: string, missing: string) =>
		`${name.padEnd(width)}  ${share.padStart(6)}  ${missing}`.trimEnd();
	return [
		line('file', 'lines', 'not run'),
		...rows.map((r) => line(r.name, `${r.share.toFixed(1)}%`, r.missing)),
	]
		.map((text) => `${text}\n`)
		.join('');
}

/** The format that editors and services read. A line ran or it did not: its count is 1 or 0. */
export function lcov(files: readonly FileCoverage[]): string {
	return files
		.map(({ file, lines, hit }) => {
			const ran = new Set(hit);
			const data = lines.map((line) => `DA:${line},${ran.has(line) ? 1 : 0}\n`).join('');
			const count = lines.filter((line) => ran.has(line)).length;
			return `TN:\nSF:${file}\n${data}LF:${lines.length}\nLH:${count}\nend_of_record\n`;
		})
		.join('');
}
