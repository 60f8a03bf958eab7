/**
 * The state that compiled closures share during one run of a route block, including all it calls.
 *
 * @module
 */
import type { Position } from '../../src/config/kamailio/ast.ts';
import type { RequestContext } from '../../src/kemi/context.ts';
import { LimitError } from '../../src/kemi/script-error.ts';
import type { WaitingCall } from '../../src/kemi/waiting.ts';
import type { CpuTime } from '../cpu-time.ts';
import type { Later } from './pending.ts';

/** Why a run leaves what it is in: bits of `Run.leaving`, each taken away by what it leaves. */
export const LEAVE = { block: 1, route: 2, script: 4 } as const;

/** How many calls and rounds of loops go by between two looks at the time. */
const STRIDE = 64;

/** What holds for all runs of an engine. */
export interface RunLimits {
	readonly cpuMs: number;
	readonly time: CpuTime;
	/** Rounds of a while loop: Kamailio's `max_while_loops`. */
	readonly loops: number;
	/** Routes and blocks inside each other: Kamailio's `max_recursive_level`. */
	readonly depth: number;
}

/** A route block that was called, and from where. */
export interface Frame {
	readonly route: string;
	readonly from: Position | undefined;
	readonly outer: Frame | undefined;
}

/** One call of the engine. Kamailio keeps the same in its run_act_ctx (core/route_struct.h). */
export class Run {
	readonly ctx: RequestContext;
	readonly limits: RunLimits;
	/** What was called, for messages. */
	readonly callback: string;
	/** What is being left: bits of LEAVE. 0 while statements follow one another. */
	leaving = 0;
	/** How many routes are inside each other. */
	depth = 1;
	/** Where the script stands. */
	at: Position | undefined;
	/** The route block that it stands in; undefined in the one that the host has called. */
	frame: Frame | undefined;
	/** Its place among the handlers that wait, once it has waited. */
	waiting: WaitingCall | undefined;
	#ticks = STRIDE;

	constructor(ctx: RequestContext, limits: RunLimits, callback: string) {
		this.ctx = ctx;
		this.limits = limits;
		this.callback = callback;
	}

	/**
	 * Called once for each call and each round of a loop: nothing else can take long.
	 * @throws LimitError, which no statement catches
	 */
	tick(): void {
		if (--this.#ticks > 0) return;
		this.#ticks = STRIDE;
		if (this.limits.time.over)
			throw new LimitError('cpu', `the CPU limit of ${this.limits.cpuMs} ms was reached${this.#place()}`);
	}

	#place(): string {
		return this.at ? ` at ${this.at.file}:${this.at.line}` : '';
	}
}

/** A compiled statement. Gives its result: above 0 for success. */
export type Action = (run: Run) => Later<number>;
