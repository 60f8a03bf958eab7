/**
 * Checks a kamailio.cfg: collects what its reader, its compiler and the rules report, each with file, line and
 * column.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { textOf } from '../bytes.ts';
import { ConfigError, type Problem } from '../config/kamailio/problem.ts';
import { type ReadConfig, readConfig } from '../config/kamailio/read.ts';
import type { HostOptions } from '../host/options.ts';
import { cfgTree } from './cfg-tree.ts';
import type { Finding, Rule, RuleFinding } from './rule.ts';
import { COMPILE, DIRECTIVE, RULES } from './rules.ts';
import type { ScriptTree } from './tree.ts';

/** The check of one configuration. */
export class ConfigurationCheck {
	readonly #path: string;
	readonly #root: string;
	/** How it is read: what the command line defines. */
	readonly #reading: HostOptions['reading'];
	readonly #lines = new Map<string, readonly string[]>();

	/**
	 * @param path as positions name it
	 * @param root the folder that this and the paths of included files are seen from
	 */
	constructor(path: string, root: string, reading: HostOptions['reading']) {
		this.#path = path;
		this.#root = root;
		this.#reading = reading;
	}

	/** A finding, where it is in one of the files. */
	finding(rule: Rule, { at, part, message, hint }: RuleFinding): Finding {
		const file = at.file ?? this.#path;
		const { line } = at;
		const source = this.#line(file, line);
		const column = part === undefined ? at.column : columnOf(textOf(part), source, at.column);
		return {
			...{ rule, at: { line, column }, message: textOf(message), hint: hint && textOf(hint) },
			file: this.#resolve(file),
			source,
		};
	}

	/** Everything that the reader or the compiler found. */
	ofError({ problems }: ConfigError): Finding[] {
		return problems.map((problem) => this.finding(ruleOf(problem), problem));
	}

	/** What the rules find, where the text can be read; and directives that are none. */
	ofRules(inTree: (tree: ScriptTree) => { rule: Rule; finding: RuleFinding }[]): Finding[] {
		const read = this.#read();
		if (!read) return [];
		const doubtful = read.problems.warnings.map((problem) => this.finding(DIRECTIVE, problem));
		return [...doubtful, ...inTree(cfgTree(read)).map(({ rule, finding }) => this.finding(rule, finding))];
	}

	/** Undefined if the text does not parse: loading it has said so. */
	#read(): ReadConfig | undefined {
		try {
			const readFile = (path: string) => readFileSync(this.#resolve(path));
			return readConfig(this.#path, { ...this.#reading, readFile });
		} catch (error) {
			if (error instanceof ConfigError) return undefined;
			throw error;
		}
	}

	#resolve(file: string): string {
		return isAbsolute(file) ? file : join(this.#root, file);
	}

	#line(file: string, line: number): string {
		const lines = this.#lines.get(file) ?? readFileSync(this.#resolve(file), 'utf8').split('\n');
		this.#lines.set(file, lines);
		return lines[line - 1] ?? '';
	}
}

/**
 * Where in a line a variable stands, from a column on: `$ua` is not in `$uac`. The column itself where the line does not hold it,
 * since the text goes on in the next one or comes from a define.
 */
function columnOf(variable: string, line: string, from: number): number {
	let index = line.indexOf(variable, from - 1);
	while (index >= 0 && /^\w/.test(line.slice(index + variable.length)))
		index = line.indexOf(variable, index + 1);
	return index < 0 ? from : index + 1;
}

const ruleOf = ({ topic }: Problem): Rule => RULES.find(({ name }) => name === topic) ?? COMPILE;
