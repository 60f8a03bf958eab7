/**
 * Checks a script: loads it, and looks at it and at the files it requires with every rule.
 *
 * @module
 */
import { dirname, isAbsolute, join } from 'node:path';
import { textOf } from '../bytes.ts';
import { ConfigError } from '../config/kamailio/problem.ts';
import { KemihostError } from '../errors.ts';
import type { HostOptions } from '../host/options.ts';
import { Host } from '../host.ts';
import { ScriptError } from '../kemi/script-error.ts';
import { ScriptFolder, type ScriptSource } from '../source/folder.ts';
import { collectFacts } from './facts.ts';
import { javaScriptTree } from './javascript-tree.ts';
import { luaTree } from './lua-tree.ts';
import type { Rule, RuleFinding } from './rule.ts';
import { CALLBACK, COMPILE, RULES } from './rules.ts';
import { switchedOff } from './switches.ts';
import { ParseError, type ScriptTree } from './tree.ts';

/** Something wrong in a file. */
export interface Finding extends RuleFinding {
	readonly rule: Rule;
	/** The file's path. */
	readonly file: string;
	/** The source line, as text. */
	readonly source: string;
}

/** A source as text that the rules can look at; undefined for languages that have checks of their own. */
function treeOf({ code, kind }: ScriptSource): ScriptTree | undefined {
	if (kind === 'lua') return luaTree(code);
	return kind === 'script' || kind === 'module' ? javaScriptTree(code, kind === 'module') : undefined;
}

const textLines = ({ code, kind }: ScriptSource) => (kind === 'lua' ? textOf(code) : code).split('\n');

/** What loading says. */
async function load(host: Host): Promise<KemihostError | undefined> {
	try {
		await host.start();
		return undefined;
	} catch (error) {
		if (error instanceof KemihostError && error.code !== 'KH_SCRIPT_READ') return error;
		throw error;
	}
}

function ofLoading(error: KemihostError, main: string): { file: string; finding: RuleFinding; rule: Rule } {
	const line = error instanceof ScriptError ? (error.line ?? 1) : 1;
	const file = error instanceof ScriptError ? (error.file ?? main) : main;
	const [, where, known] = /^(.*?):(\d+)/.exec(error.where ?? '') ?? [];
	const at = { line: known && error.where?.startsWith(`${where}:`) ? Number(known) : line, column: 1 };
	const rule = error.code === 'KH_SCRIPT_CALLBACK' ? CALLBACK : COMPILE;
	return { file, rule, finding: { at, message: error.message, hint: error.hint } };
}

/** Everything that is wrong with a native script, each at its place. */
function ofConfiguration({ problems }: ConfigError, folder: ScriptFolder, root: string): Finding[] {
	return problems.map(({ at, message, hint }) => {
		const lines = Buffer.from(folder.readAnywhere(at.file)).toString('utf8').split('\n');
		return {
			...{ rule: COMPILE, at: { line: at.line, column: at.column }, message: textOf(message) },
			...{ hint: hint && textOf(hint), file: isAbsolute(at.file) ? at.file : join(root, at.file) },
			source: lines[at.line - 1] ?? '',
		};
	});
}

/** The findings of one source that loads. */
function inSource(source: ScriptSource, host: Host): { rule: Rule; finding: RuleFinding }[] {
	const tree = treeOf(source);
	if (!tree) return [];
	const facts = collectFacts(tree, host.exports);
	const off = switchedOff(tree.comments);
	return RULES.flatMap((rule) =>
		[...(rule.check?.(facts) ?? [])].map((finding) => ({ rule, finding })),
	).filter(({ rule, finding }) => !off(rule, finding.at.line));
}

/**
 * True where a comment says so of a callback that is missing: the command line of the host names another function. What
 * does not compile is told in any case.
 */
function callbackIsNamedElsewhere(rule: Rule, main: ScriptSource): boolean {
	if (rule !== CALLBACK) return false;
	try {
		return switchedOff(treeOf(main)?.comments ?? [])(rule, 1);
	} catch (error) {
		if (error instanceof ParseError) return false;
		throw error;
	}
}

/**
 * Checks a script and what it requires.
 * @param options as for a host that would run it
 * @returns what is wrong, in the order of the files and lines
 * @throws KemihostError where the script cannot be read, or the options are not good
 */
export async function checkScript(options: HostOptions): Promise<Finding[]> {
	const { folder, source: main } = ScriptFolder.open(options.script);
	const host = new Host({ ...options, log: () => {} });
	try {
		const failure = await load(host);
		const names = failure ? [main.name] : [...host.snapshot.keys()];
		const findings: Finding[] = [];
		const root = dirname(options.script);
		if (failure instanceof ConfigError) return ofConfiguration(failure, folder, root);
		for (const name of names) {
			const source = name === main.name ? main : folder.source(name);
			if (!source) continue;
			const lines = textLines(source);
			const add = ({ rule, finding }: { rule: Rule; finding: RuleFinding }) =>
				findings.push({ ...finding, rule, file: join(root, name), source: lines[finding.at.line - 1] ?? '' });
			try {
				for (const found of inSource(source, host)) add(found);
			} catch (error) {
				if (!(error instanceof ParseError)) throw error;
				if (failure) add({ rule: COMPILE, finding: { at: error.at, message: error.message } });
			}
		}
		if (failure && !findings.some(({ rule }) => rule === COMPILE)) {
			const { file, rule, finding } = ofLoading(failure, main.name);
			const lines = file === main.name ? textLines(main) : [];
			if (!callbackIsNamedElsewhere(rule, main))
				findings.push({ ...finding, rule, file: join(root, file), source: lines[finding.at.line - 1] ?? '' });
		}
		return findings.sort(
			(a, b) =>
				names.indexOf(a.file) - names.indexOf(b.file) || a.at.line - b.at.line || a.at.column - b.at.column,
		);
	} finally {
		await host.close();
	}
}
