/**
 * How much of Kamailio is there: each row of the tables in data/ is done, only for SIP servers, or not done, with
 * the reason.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { KemiModule } from '../kemi/module.ts';
import { packageRoot } from '../package-root.ts';
import { type Entry, referenceOf } from './reference.ts';

/** What the tables list: entries of the reference, and commands for administrators. */
export type CoverageKind = Entry['kind'] | 'command';

/** One function, variable, transformation or RPC command of Kamailio. */
export interface CoverageRow {
	readonly kind: CoverageKind;
	/** `KSR.hdr.get`, `$hu`, `{s.len}`, `core.echo`. */
	readonly name: string;
	/** Kamailio's module, or the sub-object of KSR. */
	readonly module: string;
	readonly state: 'done' | 'sip' | 'missing';
	/** Why it is not done; empty where nobody has said. */
	readonly reason: string;
}

/** The rows of a table in data/, by the names of its columns. */
function rowsOf(name: string): Record<string, string>[] {
	const text = readFileSync(new URL(`data/${name}.tsv`, packageRoot), 'utf8');
	const [head = '', ...lines] = text.trimEnd().split('\n');
	const columns = head.split('\t');
	return lines.map((line) => {
		const cells = line.split('\t');
		return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
	});
}

/** What Kamailio has, by the tables. */
function known(): Omit<CoverageRow, 'reason'>[] {
	const functions = rowsOf('kemi-functions').map(({ module = '', function: name, http }) => ({
		kind: 'function' as const,
		name: module ? `KSR.${module}.${name}` : `KSR.${name}`,
		module: module || 'core',
		sip: http === 'no',
	}));
	const variables = rowsOf('pseudo-variables').map(({ name = '', module = '', http_tier }) => ({
		kind: 'variable' as const,
		name,
		module,
		sip: http_tier === 'no',
	}));
	const transformations = rowsOf('transformations')
		.filter((row) => row['name'] !== '')
		.map(({ class: family, name, module = '', http_tier }) => ({
			kind: 'transformation' as const,
			name: `{${family}.${name}}`,
			module,
			sip: http_tier === '3',
		}));
	const commands = rowsOf('rpc-commands').map(({ name = '', module = '', http }) => ({
		kind: 'command' as const,
		name,
		module,
		sip: http === 'no',
	}));
	const seen = new Set<string>();
	return [...functions, ...variables, ...transformations, ...commands]
		.filter(({ name }) => !seen.has(name) && seen.add(name))
		.map(({ sip, ...row }) => ({ ...row, state: sip ? 'sip' : 'missing' }));
}

/** The reasons of data/not-done.tsv. A path that ends in `*` stands for all that begin like it. */
function reasons(): (row: Omit<CoverageRow, 'reason'>) => string {
	const rows = rowsOf('not-done');
	return ({ kind, name }) =>
		rows.find(
			({ path = '', kind: of }) =>
				of === kind && (path === name || (path.endsWith('*') && name.startsWith(path.slice(0, -1)))),
		)?.['reason'] ?? '';
}

/** All rows. A row of a SIP server's that is there all the same counts as done. */
export function coverageOf(modules: readonly KemiModule[]): CoverageRow[] {
	const there = new Set([
		...referenceOf(modules).flatMap(({ names }) => names),
		...modules.flatMap(({ rpc = [] }) => rpc.map(({ name }) => name)),
	]);
	const reasonOf = reasons();
	return known().map((row) =>
		there.has(row.name)
			? { ...row, state: 'done', reason: '' }
			: { ...row, reason: row.state === 'sip' ? '' : reasonOf(row) },
	);
}

/** The kinds in the order of the page, with their words. */
export const KINDS: readonly (readonly [CoverageKind, string])[] = [
	['function', 'functions'],
	['variable', 'variables'],
	['transformation', 'transformations'],
	['command', 'RPC commands'],
];

/** How many rows of a kind are in each state. */
export function countStates(rows: readonly CoverageRow[]): Record<CoverageRow['state'], number> {
	const counts = { done: 0, sip: 0, missing: 0 };
	for (const { state } of rows) counts[state]++;
	return counts;
}
