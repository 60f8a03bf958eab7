/**
 * Problems in a configuration: they are collected, so that all of them are reported at once.
 *
 * @module
 */
import { textOf } from '../../bytes.ts';
import { KemihostError } from '../../errors.ts';
import type { Position } from './ast.ts';
import { type SourceFile, where } from './source.ts';

/** What a problem is about, where `kemihost check` has a rule for it (src/check/rules.ts); else it is the grammar's. */
export type ProblemTopic =
	| 'unknown-function'
	| 'unknown-route'
	| 'unknown-variable'
	| 'argument-count'
	| 'argument-type';

/** One thing that is wrong, or doubtful. */
export interface Problem {
	readonly at: Position;
	/** Where the reader is to look, in one sentence without a full stop. A byte string. */
	readonly message: string;
	readonly hint?: string | undefined;
	/** True if the configuration can be used all the same. */
	readonly warning?: boolean;
	readonly topic?: ProblemTopic | undefined;
}

/** More than this is not said: what follows is mostly a consequence. */
const MOST = 20;

/** Collects problems. */
export class Problems {
	readonly #problems: Problem[] = [];
	readonly #files: ReadonlyMap<string, SourceFile>;

	/** @param files the files by path, for showing lines; may be filled later */
	constructor(files: ReadonlyMap<string, SourceFile>) {
		this.#files = files;
	}

	/** Notes an error. */
	error(at: Position, message: string, hint?: string, topic?: ProblemTopic): void {
		this.#problems.push({ at, message, hint, topic });
	}

	/** Notes something that is allowed and most likely not meant. */
	warning(at: Position, message: string, hint?: string): void {
		this.#problems.push({ at, message, hint, warning: true });
	}

	/**
	 * Gives errors other hints, once everything is known.
	 * @param hintOf the hint for an error in a line, and whether it is about the whole line: others there go
	 */
	explain(
		hintOf: (problem: Problem, line: string) => { hint: string; wholeLine: boolean } | undefined,
	): void {
		const told = new Set<string>();
		const explained = this.#problems.flatMap((problem) => {
			if (problem.warning) return [problem];
			const { file, line } = problem.at;
			const found = hintOf(problem, this.#files.get(file)?.line(line) ?? '');
			if (!found) return [problem];
			const place = `${file}:${line}`;
			if (found.wholeLine && told.has(place)) return [];
			told.add(place);
			return [{ ...problem, hint: found.hint }];
		});
		this.#problems.splice(0, this.#problems.length, ...explained);
	}

	/** The errors, one for each place, in the order of the text. */
	get errors(): readonly Problem[] {
		const seen = new Set<string>();
		const order = [...this.#files.keys()];
		return this.#problems
			.filter(({ at, warning }) => {
				const place = where(at);
				if (warning || seen.has(place)) return false;
				seen.add(place);
				return true;
			})
			.sort(
				({ at: a }, { at: b }) =>
					order.indexOf(a.file) - order.indexOf(b.file) || a.line - b.line || a.column - b.column,
			);
	}

	/** The warnings. */
	get warnings(): readonly Problem[] {
		return this.#problems.filter(({ warning }) => warning);
	}

	/** A problem with the line it is in, and a mark under the place. */
	show({ at, message, hint }: Problem): string {
		const lines = [`${where(at)}: ${textOf(message)}`];
		const line = this.#files.get(at.file)?.line(at.line);
		if (line !== undefined && line.length < 400) {
			const text = textOf(line);
			const indent = [...text].slice(0, at.column - 1).map((char) => (char === '\t' ? '\t' : ' '));
			lines.push(`    ${text}`, `    ${indent.join('')}^`);
		}
		if (hint) lines.push(`  hint: ${textOf(hint)}`);
		return lines.join('\n');
	}

	/** @throws ConfigError if there are errors */
	throwIfAny(): void {
		const { errors } = this;
		if (errors.length > 0)
			throw new ConfigError(
				errors,
				errors.map((problem) => this.show(problem)),
			);
	}
}

/** All that is wrong with a configuration. */
export class ConfigError extends KemihostError {
	readonly problems: readonly Problem[];
	readonly #shown: readonly string[];

	/** @param shown each problem as it is printed */
	constructor(problems: readonly Problem[], shown: readonly string[]) {
		const [first] = problems;
		super('KH_CFG', first ? textOf(first.message) : 'the configuration is wrong', {
			where: first && where(first.at),
			hint: first?.hint,
		});
		this.problems = problems;
		this.#shown = shown;
	}

	override describe(): string {
		const count = this.#shown.length;
		const more = count > MOST ? `\n… and ${count - MOST} more` : '';
		return `${count} error${count === 1 ? '' : 's'} in the configuration [${this.code}]\n${this.#shown.slice(0, MOST).join('\n')}${more}`;
	}
}
