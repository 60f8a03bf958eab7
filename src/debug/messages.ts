/**
 * The messages between the two sides of a debugging session: the thread that talks to the editor, and the thread
 * that runs the script. Texts are JavaScript strings, lines count from 1.
 *
 * @module
 */

/** A breakpoint as the editor wants it. */
export interface WantedBreakpoint {
	readonly line: number;
	/** An expression of the script's language: it stops only where that is true. */
	readonly condition?: string | undefined;
	/** `5`, `>= 5` or `% 5`: at which of its hits it stops. */
	readonly hitCondition?: string | undefined;
	/** Logs this text in place of stopping; what is in braces is evaluated. */
	readonly logMessage?: string | undefined;
}

/** What has become of a breakpoint. */
export interface SetBreakpoint {
	readonly id: number;
	/** The line where it stands: the next that holds a statement. */
	readonly line: number;
	/** False while its file is not loaded, or where no statement follows. */
	readonly verified: boolean;
	readonly message?: string;
}

/** A function of the script that has not returned, innermost first. */
export interface Frame {
	/** Its place from the outermost, from 1. */
	readonly level: number;
	readonly name: string;
	readonly path: string;
	readonly line: number;
}

/** A value for the reader. */
export interface Shown {
	readonly name: string;
	readonly type: string;
	readonly text: string;
	/** What to ask for its parts by; 0 if it has none. Good until the script goes on. */
	readonly ref: number;
}

/** How a script goes on that stands still. */
export type Step = 'continue' | 'next' | 'in' | 'out';

/** What the editor's side asks, and what it gets. */
export interface Questions {
	/** All breakpoints of a file, in place of those that it had. */
	breakpoints(path: string, wanted: readonly WantedBreakpoint[]): SetBreakpoint[];
	/** Whether the script stops where it has failed. */
	stopOnErrors(on: boolean): void;
	/** Loads the script and listens; gives the line that says where. */
	start(): string;
	/** Stops at the next statement. */
	pause(): void;
	go(how: Step): void;
	frames(): Frame[];
	scopes(level: number): Shown[];
	parts(ref: number): Shown[];
	evaluate(text: string, level: number | undefined): Shown;
	/** Sets a part to the value of an expression. */
	set(ref: number, name: string, text: string): Shown;
}

/** A question on its way. */
export type Question = {
	[K in keyof Questions]: { readonly id: number; readonly ask: K; readonly with: Parameters<Questions[K]> };
}[keyof Questions];

/** Why the script stands still. */
export type StopReason = 'breakpoint' | 'step' | 'pause' | 'exception';

/** What the script's side says. */
export type Message =
	| { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
	| { readonly kind: 'refusal'; readonly id: number; readonly error: string }
	| { readonly kind: 'stopped'; readonly reason: StopReason; readonly text?: string; readonly hit?: number[] }
	| { readonly kind: 'breakpoint'; readonly breakpoint: SetBreakpoint }
	| { readonly kind: 'output'; readonly category: 'console' | 'stdout'; readonly text: string };
