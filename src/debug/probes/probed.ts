/**
 * A script that calls the debugger before each statement, and when functions begin and end.
 *
 * The calls go through `__kh`, the name that the debugger's guest side has in each file (`guest/`): `enter`
 * returns a frame, which is kept in a variable `__kh_f`; `step` takes the frame, the statement's number and a
 * function that reaches the variables visible there; `leave` takes the frame and passes the function's return
 * value on.
 *
 * @module
 */

/** The variables that a statement sees, innermost first. */
export interface Visible {
	/** Of its own function. */
	readonly local: readonly string[];
	/** Of functions and files around it. */
	readonly outer: readonly string[];
}

/** A statement in front of which the debugger is called. Its number is its place in the list. */
export interface Statement {
	readonly line: number;
	/** True for the first one of its line: where a breakpoint of the line stops. */
	readonly first: boolean;
	visible(): Visible;
}

/** A source that calls the debugger. It has the lines of the original. */
export interface Probed {
	readonly code: string;
	readonly statements: readonly Statement[];
}

/** Collects the statements of one file. */
export class Statements {
	readonly list: Statement[] = [];
	readonly #lines = new Set<number>();

	/** Gives the statement's number. */
	add(line: number, visible: () => Visible): number {
		const first = !this.#lines.has(line);
		this.#lines.add(line);
		return this.list.push({ line, first, visible }) - 1;
	}
}
