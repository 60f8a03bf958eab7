/**
 * Decides before each statement whether the session stops there, and holds the script until the editor lets it
 * continue.
 *
 * @module
 */
import { type Breakpoint, Breakpoints, realPath } from './breakpoints.ts';
import type { Channel } from './channel.ts';
import type { Message, Question } from './messages.ts';
import type { Standstill, Talk } from './standstill.ts';
import { type Place, Stepping } from './stepping.ts';

type Stopped = Message & { readonly kind: 'stopped' };

/** How a language makes a boolean of an expression: `true` or `1`, or something else. */
export type Condition = (text: string) => string;

/** What a condition is that holds. */
const HOLDS = /^(true|1)$/;

/** The parts of a log message that are evaluated. */
const BRACES = /\{([^{}]*)\}/;

/** The stops of one session. */
export class Stops {
	readonly #channel: Channel;
	readonly #breakpoints = new Breakpoints();
	readonly #stepping = new Stepping();
	#onErrors = true;

	constructor(channel: Channel) {
		this.#channel = channel;
	}

	/** Whether the script stops where it has failed. */
	get onErrors(): boolean {
		return this.#onErrors;
	}

	/** Answers what can be answered whether the script stands still or not. Gives false for other questions. */
	control(question: Question): boolean {
		switch (question.ask) {
			case 'breakpoints':
				this.#setBreakpoints(question);
				return true;
			case 'stopOnErrors':
				[this.#onErrors] = question.with;
				break;
			case 'pause':
				this.#stepping.pause();
				break;
			default:
				return false;
		}
		this.#channel.answer(question, undefined);
		return true;
	}

	/** Answers a question while the script runs. */
	whileRunning(question: Question): void {
		if (!this.control(question)) this.#channel.refuse(question, 'the script runs');
	}

	/**
	 * A file is loaded.
	 * @param lines those that hold statements
	 */
	loaded(path: string, lines: Iterable<number>): void {
		for (const breakpoint of this.#breakpoints.loaded(path, lines))
			this.#channel.say({ kind: 'breakpoint', breakpoint });
	}

	/** A request is over. */
	ended(request: number): void {
		this.#stepping.ended(request);
	}

	/** A statement comes. Gives what there is to do before it, if there is anything. */
	before(place: Place, here: () => Standstill, condition: Condition): Talk<void> | undefined {
		for (const question of this.#channel.arrived()) this.whileRunning(question);
		const breakpoints = place.first ? this.#breakpoints.at(place.path, place.line) : [];
		const reason = this.#stepping.stopsAt(place);
		if (breakpoints.length === 0 && !reason) return undefined;
		const step: Stopped | undefined = reason && { kind: 'stopped', reason };
		return this.#visit(place, here(), breakpoints, condition, step);
	}

	/** The script has failed: it stands still where the error has left it. */
	failed(request: number, here: Standstill, text: string): Talk<void> {
		// behind a failure there is no statement to step from
		const place = { request, depth: 0, path: '', line: 0, first: false };
		return this.#stop(place, here, { kind: 'stopped', reason: 'exception', text });
	}

	#setBreakpoints(question: Question & { readonly ask: 'breakpoints' }): void {
		const [path, wanted] = question.with;
		this.#channel.answer(question, this.#breakpoints.set(realPath(path), wanted));
	}

	*#visit(
		place: Place,
		here: Standstill,
		breakpoints: readonly Breakpoint[],
		condition: Condition,
		step: Stopped | undefined,
	): Talk<void> {
		const hit: number[] = [];
		for (const breakpoint of breakpoints)
			if (yield* this.#hits(breakpoint, place, here, condition)) hit.push(breakpoint.id);
		const why: Stopped | undefined = hit.length > 0 ? { kind: 'stopped', reason: 'breakpoint', hit } : step;
		if (why) yield* this.#stop(place, here, why);
	}

	/** Whether to stop at a breakpoint. */
	*#hits(breakpoint: Breakpoint, { depth }: Place, here: Standstill, boolean: Condition): Talk<boolean> {
		const { condition, logMessage, line } = breakpoint.wanted;
		if (condition) {
			try {
				if (!HOLDS.test((yield* here.evaluate(boolean(condition), depth)).text)) return false;
			} catch (error) {
				this.#print(`the condition of the breakpoint in line ${line} fails: ${(error as Error).message}`);
			}
		}
		if (!breakpoint.hit()) return false;
		if (logMessage === undefined) return true;
		const parts = logMessage.split(BRACES);
		for (let i = 1; i < parts.length; i += 2) parts[i] = yield* textIn(here, parts[i] as string, depth);
		this.#print(parts.join(''));
		return false;
	}

	#print(text: string): void {
		this.#channel.say({ kind: 'output', category: 'console', text: `${text}\n` });
	}

	/** Stands still until the editor says how to go on. */
	*#stop(place: Place, here: Standstill, why: Stopped): Talk<void> {
		this.#channel.say(why);
		for (;;) {
			const question = this.#channel.next();
			if (question.ask === 'go') {
				this.#stepping.go(...question.with, place);
				this.#channel.answer(question, undefined);
				return;
			}
			if (this.control(question)) continue;
			try {
				this.#channel.answer(question, yield* here.answer(question));
			} catch (error) {
				this.#channel.refuse(question, (error as Error).message);
			}
		}
	}
}

/** What stands in braces in a log message: a string without its quotes. */
function* textIn(here: Standstill, expression: string, level: number): Talk<string> {
	try {
		const { type, text } = yield* here.evaluate(expression, level);
		return type === 'string' ? text.slice(1, -1) : text;
	} catch (error) {
		return `(${(error as Error).message})`;
	}
}
