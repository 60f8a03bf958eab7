/**
 * The breakpoints of a session, by file.
 *
 * @module
 */
import { realpathSync } from 'node:fs';
import type { SetBreakpoint, WantedBreakpoint } from './messages.ts';

/** A breakpoint, and how often the script has come by. */
export class Breakpoint {
	readonly id: number;
	readonly wanted: WantedBreakpoint;
	/** The line where it stands; undefined while its file is not loaded, and where it has nowhere to stand. */
	line: number | undefined;
	#hits = 0;

	constructor(id: number, wanted: WantedBreakpoint) {
		this.id = id;
		this.wanted = wanted;
	}

	/** Counts a hit whose condition held. Gives whether it is one to stop at. */
	hit(): boolean {
		this.#hits++;
		return countMatches(this.wanted.hitCondition, this.#hits);
	}
}

const COMPARISONS: Readonly<Record<string, (hits: number, count: number) => boolean>> = {
	'': (hits, count) => hits === count,
	'=': (hits, count) => hits === count,
	'==': (hits, count) => hits === count,
	'>': (hits, count) => hits > count,
	'>=': (hits, count) => hits >= count,
	'<': (hits, count) => hits < count,
	'<=': (hits, count) => hits <= count,
	'%': (hits, count) => hits % count === 0,
};

const HIT_CONDITION = /^\s*([=<>%]{0,2})\s*([1-9][0-9]*)\s*$/;

/** True for a condition on the count that can be read, as `5`, `>= 5` and `% 5`. */
function isHitCondition(text: string): boolean {
	const [, comparison] = HIT_CONDITION.exec(text) ?? [];
	return comparison !== undefined && comparison in COMPARISONS;
}

function countMatches(condition: string | undefined, hits: number): boolean {
	const [, comparison = '', count] = HIT_CONDITION.exec(condition ?? '') ?? [];
	return count === undefined || (COMPARISONS[comparison]?.(hits, Number(count)) ?? true);
}

/** All breakpoints. */
export class Breakpoints {
	readonly #byPath = new Map<string, Breakpoint[]>();
	/** The lines that hold statements, of the files that are loaded. */
	readonly #lines = new Map<string, readonly number[]>();
	#count = 0;

	/** Puts breakpoints in the place of those that a file had. */
	set(path: string, wanted: readonly WantedBreakpoint[]): SetBreakpoint[] {
		const breakpoints = wanted.map((one) => new Breakpoint(++this.#count, one));
		this.#byPath.set(path, breakpoints);
		return breakpoints.map((breakpoint) => this.#place(path, breakpoint));
	}

	/**
	 * A file was loaded, perhaps anew.
	 * @param lines those that hold statements, in any order
	 * @returns what has become of its breakpoints
	 */
	loaded(path: string, lines: Iterable<number>): SetBreakpoint[] {
		this.#lines.set(
			path,
			[...lines].sort((a, b) => a - b),
		);
		return (this.#byPath.get(path) ?? []).map((breakpoint) => this.#place(path, breakpoint));
	}

	/** The breakpoints of a line. */
	at(path: string, line: number): Breakpoint[] {
		return (this.#byPath.get(path) ?? []).filter((breakpoint) => breakpoint.line === line);
	}

	/** A breakpoint stands on the first line from its own that holds a statement. */
	#place(path: string, breakpoint: Breakpoint): SetBreakpoint {
		const { id, wanted } = breakpoint;
		const lines = this.#lines.get(path);
		const refused = (message: string) => ({ id, line: wanted.line, verified: false, message });
		if (!lines) return refused('the file is not loaded');
		if (wanted.hitCondition !== undefined && !isHitCondition(wanted.hitCondition))
			return refused('a hit condition is a number, which may stand after =, >, >=, <, <= or %');
		breakpoint.line = lines.find((line) => line >= wanted.line);
		if (breakpoint.line === undefined) return refused('no statement stands here or below');
		return { id, line: breakpoint.line, verified: true };
	}
}

/** A path without symbolic links, so that the editor's and the script's are the same. */
export function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
