/**
 * Checks a script: loads it, and applies every rule to it and to the files it requires.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { textOf } from '../bytes.ts';
import { ConfigError } from '../config/kamailio/problem.ts';
import { KemihostError } from '../errors.ts';
import type { HostOptions } from '../host/options.ts';
import { Host } from '../host.ts';
import { ScriptError } from '../kemi/script-error.ts';
import { ScriptFolder, type ScriptSource } from '../source/folder.ts';
import { ConfigurationCheck } from './configuration.ts';
import { collectFacts } from './facts.ts';
import { javaScriptTree } from './javascript-tree.ts';
import { luaTree } from './lua-tree.ts';
import type { Finding, Rule, RuleFinding } from './rule.ts';
import { CALLBACK, COMPILE, RULES } from './rules.ts';
import { switchedOff } from './switches.ts';
import { ParseError, type ScriptTree } from './tree.ts';

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

/** The place that an error names, `FILE:LINE` or `FILE:LINE:COLUMN`; else the beginning of a file. */
function placeOf({ where = '' }: KemihostError): { line: number; column: number; file?: string } {
	const [, file, line = '1', column = '1'] = /^(.+?):(\d+)(?::(\d+))?$/.exec(where) ?? [];
	return { line: Number(line), column: Number(column), ...(file === undefined ? {} : { file }) };
}

/** What an error is other than one of the script's code; a database that is not there is a matter of the machine. */
const RULE_OF: Readonly<Record<string, Rule>> = {
	KH_SCRIPT_CALLBACK: CALLBACK,
	KH_DATABASE: { ...COMPILE, severity: 'warning' },
};

/** Why a script does not load, at its place in one of its files. */
function ofError(error: KemihostError, script: string): Finding {
	const at = error instanceof ScriptError ? error : placeOf(error);
	const { line = 1, column = 1 } = at;
	const file = join(dirname(script), (error instanceof ScriptError && error.file) || basename(script));
	const rule = RULE_OF[error.code] ?? COMPILE;
	const { message, hint } = error;
	return { rule, file, at: { line, column }, message, hint, source: lineOf(file, line) };
}

/** A line of a file; empty where the file is not there, or has fewer. */
function lineOf(file: string, line: number): string {
	try {
		return readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
	} catch {
		return '';
	}
}

/** What the rules find in a tree, but for what its comments switch off. */
function inTree(tree: ScriptTree, host: Host): { rule: Rule; finding: RuleFinding }[] {
	const facts = collectFacts(tree, host.exports, host.variables);
	const off = switchedOff(tree.comments);
	return RULES.flatMap((rule) =>
		[...(rule.check?.(facts) ?? [])].map((finding) => ({ rule, finding })),
	).filter(({ rule, finding }) => !off(rule, finding.at));
}

/** The findings of one source that loads. */
function inSource(source: ScriptSource, host: Host): { rule: Rule; finding: RuleFinding }[] {
	const tree = treeOf(source);
	return tree ? inTree(tree, host) : [];
}

/**
 * True if a comment says so of a callback that is missing: the command line of the host names another function. What
 * does not compile is told in any case.
 */
function callbackIsNamedElsewhere(rule: Rule, main: ScriptSource): boolean {
	if (rule !== CALLBACK) return false;
	try {
		return switchedOff(treeOf(main)?.comments ?? [])(rule, { line: 1 });
	} catch (error) {
		if (error instanceof ParseError) return false;
		throw error;
	}
}

/** The configuration among the files that a host is made of: the script itself, or the route blocks beside it. */
function configurationOf({ script, routes, reading }: HostOptions, main: ScriptSource) {
	const path = main.kind === 'native' ? script : routes;
	return path === undefined ? undefined : new ConfigurationCheck(basename(path), dirname(path), reading);
}

/** Each finding once, in the order of the files and lines. */
function inOrder(findings: readonly Finding[]): Finding[] {
	const files = [...new Set(findings.map(({ file }) => file))];
	const unique = new Map(
		findings.map((found) => {
			const { file, at, rule, message } = found;
			return [`${file}:${at.line}:${at.column} ${rule.code} ${message}`, found];
		}),
	);
	return [...unique.values()].sort(
		(a, b) =>
			files.indexOf(a.file) - files.indexOf(b.file) || a.at.line - b.at.line || a.at.column - b.at.column,
	);
}

/**
 * Checks a script and what it requires, and the route blocks beside it.
 * @param options as for a host that would run it
 * @param settings what is wrong with the configuration that names the script; its paths are seen from the working folder
 * @returns what is wrong, in the order of the files and lines
 * @throws KemihostError if the script cannot be read, or the options are not good
 */
export async function checkScript(options: HostOptions, settings?: ConfigError): Promise<Finding[]> {
	let opened: ReturnType<typeof ScriptFolder.open>;
	try {
		opened = ScriptFolder.open(options.script);
	} catch (error) {
		// types that cannot be stripped
		if (!(error instanceof ScriptError)) throw error;
		return [ofError(error, options.script)];
	}
	const { folder, source: main } = opened;
	const root = dirname(options.script);
	const findings: Finding[] = [];
	const given = new ConfigurationCheck('', '', options.reading);
	if (settings) findings.push(...given.ofError(settings));
	let host: Host;
	try {
		host = new Host({ ...options, withoutTls: true, log: () => {} });
	} catch (error) {
		// what a module makes of its parameter's value; where a flag has it, it is no matter of the script
		if (!(error instanceof KemihostError) || placeOf(error).file === undefined) throw error;
		const { message, hint } = error;
		return inOrder([...findings, given.finding(COMPILE, { at: placeOf(error), message, hint })]);
	}
	try {
		const failure = await load(host);
		const configuration = configurationOf(options, main);
		if (configuration && failure instanceof ConfigError) findings.push(...configuration.ofError(failure));
		findings.push(...(configuration?.ofRules((tree) => inTree(tree, host)) ?? []));
		const told = configuration && failure instanceof ConfigError;
		for (const name of failure ? [main.name] : host.snapshot.keys()) {
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
		if (failure && !told && !findings.some(({ rule }) => rule === COMPILE)) {
			const found = ofError(failure, options.script);
			if (!callbackIsNamedElsewhere(found.rule, main)) findings.push(found);
		}
		return inOrder(findings);
	} finally {
		await host.close();
	}
}
