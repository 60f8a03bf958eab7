/**
 * What needs no way to the host and back. A crossing costs more than most KSR functions do, so the guest answers by itself:
 *
 * - functions that only log, where the log does not show their level;
 * - `steady` functions, whose answers are handed along with the entry: those that the same handler has asked for before;
 * - functions that may be done `later`. They wait in memory that both sides share, and are done before anything else
 *   happens: the next crossing, the end of the handler, also where a limit ends it.
 *
 * A function that something stands around (a trace, a mock) has none of this, nor has a handler that has waited or was called by another.
 *
 * @module
 */
import { bytesOf, textOf } from '../../src/bytes.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import type { Exported } from '../../src/kemi/exports.ts';
import type { Postponable } from '../../src/kemi/module.ts';
import { ScriptThrow } from '../../src/kemi/throw.ts';
import { LEVELS } from '../../src/log/levels.ts';
import { type AheadKind, ARGUMENT, type SharedLayout } from './ahead-guest.ts';
import { toGuest } from './values.ts';

/** Where things are in the shared memory. */
export const LAYOUT: SharedLayout = {
	call: 0,
	nested: 1,
	way: 2,
	threshold: 3,
	open: 4,
	queued: 5,
	used: 6,
	usedBytes: 7,
	queue: 8,
	integers: 256,
	bytes: 4096,
};

/** Handlers with their arguments that are kept; beyond it all begins anew. */
const WAYS = 256;
/** Answers that are handed along at the most, and how long their questions and they may be. */
const ANSWERS = 16;
const LONGEST_QUESTION = 64;
const LONGEST_ANSWER = 512;

/** A question that a handler asks. */
interface Question {
	readonly fn: number;
	/** As the guest has it, and in bytes. */
	readonly argument: string;
	readonly args: readonly string[];
}

/** A handler with its arguments. */
export interface Way {
	readonly id: number;
	readonly name: string;
	readonly args: readonly string[];
	/** What is handed along when it is called. */
	readonly questions: Question[];
}

/** What a function is to the guest; `sure` is still to be made there. Undefined where each call is for the host. */
export function aheadKind({
	declaration,
	intercepted,
}: Exported): AheadKind | readonly ['later', Postponable] | undefined {
	const { steady, logs, later, params, returns } = declaration;
	if (intercepted) return undefined;
	if (logs) return ['logs', LEVELS[logs], returns === 'none' ? false : 1];
	if (steady) return ['steady', params.length];
	return later && ['later', later];
}

/** The host's side. */
export class Ahead {
	/** Shared with the guest. */
	readonly integers = new Int32Array(new SharedArrayBuffer(4 * LAYOUT.integers));
	readonly bytes = new Uint8Array(new SharedArrayBuffer(LAYOUT.bytes));
	readonly #texts = Buffer.from(this.bytes.buffer);
	readonly #functions: readonly Exported[];
	readonly #later: { readonly bit: number; readonly ready: Postponable['ready'] }[] = [];
	readonly #ways = new Map<string, Way>();
	/** The way that was asked for last: mostly it is the next one, too. */
	#last: Way | undefined;
	/** The way that is under way, where nothing is around it. */
	#current: Way | undefined;
	#asked: { readonly way: Way; readonly question: Question } | undefined;

	constructor(functions: readonly Exported[]) {
		this.#functions = functions;
		this.#empty();
	}

	/** The bit of a function that may be done later. */
	addLater({ ready }: Postponable): number {
		const bit = 1 << this.#later.length;
		this.#later.push({ bit, ready });
		return bit;
	}

	/**
	 * A handler with its arguments, as text.
	 * @param add tells the guest of a new one
	 */
	way(name: string, args: readonly string[], add: (id: number) => void): Way {
		const last = this.#last;
		if (last?.name === name && args.length === 1 && last.args.length === 1 && args[0] === last.args[0])
			return last;
		const key = JSON.stringify([name, ...args]);
		let way = this.#ways.get(key);
		if (way === undefined) {
			if (this.#ways.size === WAYS) {
				this.#ways.clear();
				this.#asked = undefined; // by a handler around this one, whose number goes to another
			}
			way = { id: this.#ways.size, name, args, questions: [] };
			add(way.id);
			this.#ways.set(key, way);
		}
		this.#last = way;
		return way;
	}

	/** A call is about to be entered. Gives the answers that go along. */
	enter(call: number, nested: boolean, way: Way, ctx: RequestContext): unknown[] {
		const { integers } = this;
		integers[LAYOUT.call] = call;
		integers[LAYOUT.nested] = nested ? 1 : 0;
		integers[LAYOUT.way] = way.id;
		this.#current = nested ? undefined : way;
		if (nested) return [];
		this.refresh(ctx);
		return way.questions.map(({ fn, args }) => this.#answer(fn, args, ctx));
	}

	/** Something was done in the host: the guest is told of what it has changed. */
	refresh(ctx: RequestContext): void {
		const { integers } = this;
		integers[LAYOUT.threshold] = ctx.host.log.threshold;
		let open = 0;
		for (const { bit, ready } of this.#later) if (ready(ctx)) open |= bit;
		integers[LAYOUT.open] = open;
	}

	/** The script has asked in the host: the answer may be handed along from the next time on. */
	asked(fn: number, args: readonly unknown[], ctx: RequestContext): void {
		const way = this.#current;
		const { steady, params } = (this.#functions[fn] as Exported).declaration;
		if (way === undefined || this.#asked || way.questions.length === ANSWERS || args.length !== params.length)
			return;
		const [argument = ''] = args;
		if (typeof argument !== 'string' || argument.length > LONGEST_QUESTION) return;
		const bytes = bytesOf(argument);
		if (steady !== true && !steady?.(ctx.host, bytes)) return;
		this.#asked = { way, question: { fn, argument, args: params.length === 0 ? [] : [bytes] } };
	}

	/** A call has ended. Tells the guest of a question whose answer is handed along from now on. */
	learn(tell: (way: number, fn: number, argument: string, slot: number) => void): void {
		if (!this.#asked) return;
		const { way, question } = this.#asked;
		this.#asked = undefined;
		tell(way.id, question.fn, question.argument, way.questions.length);
		way.questions.push(question);
	}

	/** True where calls wait to be done. */
	get waits(): boolean {
		return this.integers[LAYOUT.queued] !== 0;
	}

	/** Does what waits. */
	flush(contextFor: (exported: Exported) => RequestContext | null): void {
		const { integers } = this;
		const count = integers[LAYOUT.queued] as number;
		// all texts at once: each way into Node's native code costs more than the bytes do
		const texts = this.#texts.toString('latin1', 0, integers[LAYOUT.usedBytes]);
		let place = LAYOUT.queue;
		let at = 0;
		this.#empty();
		for (let i = 0; i < count; i++) {
			const exported = this.#functions[integers[place++] as number] as Exported;
			const args: (string | number | null)[] = [];
			for (let left = integers[place++] as number; left > 0; left--) {
				const kind = integers[place++] as number;
				if (kind >= 0) {
					args.push(texts.slice(at, at + kind));
					at += kind;
				} else args.push(kind === ARGUMENT.null ? null : (integers[place++] as number));
			}
			const ctx = contextFor(exported);
			const answer = exported.call(ctx, args, 'javascript');
			if (answer !== exported.declaration.later?.gives)
				ctx?.report('bug', `${exported.path} was put off, and then gave ${String(answer)}`);
		}
	}

	#empty(): void {
		this.integers[LAYOUT.queued] = 0;
		this.integers[LAYOUT.used] = LAYOUT.queue;
		this.integers[LAYOUT.usedBytes] = 0;
	}

	/** Undefined where the script is to ask. */
	#answer(fn: number, args: readonly string[], ctx: RequestContext): unknown {
		try {
			const value = (this.#functions[fn] as Exported).call(ctx, [...args], 'javascript');
			if (typeof value !== 'string') return toGuest(value as number | boolean | null);
			return value.length > LONGEST_ANSWER ? undefined : textOf(value);
		} catch (error) {
			if (error instanceof ScriptThrow) return undefined;
			throw error;
		}
	}
}
