/**
 * Traces the KSR calls of each request, and of each event that no request caused: the function, where it was
 * called from, its arguments, its result, and how long it took.
 *
 * It wraps the functions of the export table when that is built, so a host without a tracer pays nothing.
 *
 * @module
 */
import type { RouteWatch } from '../../engines/engine.ts';
import type { HttpReply } from '../http/reply.ts';
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import type { Interceptor } from '../kemi/exports.ts';
import { ScriptThrow } from '../kemi/throw.ts';
import type { KemiValue, RawValue } from '../kemi/value.ts';

/** One call. Byte strings. */
export interface TracedCall {
	/** `KSR.hdr.get`; in Kamailio's own language the function's name there. */
	readonly path: string;
	readonly args: readonly RawValue[];
	/** `file:line` of the script, where its engine knows it. */
	readonly where: string | undefined;
	/** What the script got; undefined while a call waits. */
	result: KemiValue | undefined;
	/** What was raised in the script instead. */
	thrown: string | undefined;
	/** With what was called inside; waiting included. */
	microseconds: number;
	/** True if the handler was parked meanwhile. */
	waited: boolean;
	/** Calls made meanwhile, by a handler of an event that this call raised. */
	readonly calls: TracedCall[];
}

/** The calls made for one request or one event. */
interface Calls {
	/** From the first to the last moment that it was in the host. */
	readonly microseconds: number;
	readonly calls: readonly TracedCall[];
}

/** The calls of one request. */
export interface RequestTrace extends Calls {
	readonly method: string;
	readonly target: string;
	readonly reply: Pick<HttpReply, 'status' | 'reason'>;
}

/** The calls of the handler of one event that no request has caused. */
export interface EventTrace extends Calls {
	readonly event: string;
}

/** What the tracer tells of. */
export type Trace = RequestTrace | EventTrace;

/** A route block that has not ended yet, and the call that ran when it was entered. */
interface OpenRoute {
	readonly traced: TracedCall;
	readonly within: TracedCall | undefined;
}

const traceOf = requestLocal(() => ({
	started: performance.now(),
	calls: [] as TracedCall[],
	open: [] as OpenRoute[],
}));

function callsOf(ctx: RequestContext): Calls {
	const { started, calls } = ctx.get(traceOf);
	return { microseconds: calls.length === 0 ? 0 : (performance.now() - started) * 1000, calls };
}

/** Collects the calls of one host. `interceptor`, `watchRoute`, `onReply` and `onEvent` are for its options. */
export class Tracer {
	readonly #sink: (trace: Trace) => void;
	/** The call that runs now: what is called meanwhile belongs to it. */
	#running: TracedCall | undefined;

	/** @param sink gets each request once it has its reply, and each event once its handler has ended */
	constructor(sink: (trace: Trace) => void) {
		this.#sink = sink;
	}

	readonly interceptor: Interceptor = (exported, call) => {
		return (ctx, args, language) => {
			if (ctx === null) return call(ctx, args, language);
			const path = language === 'native' ? (exported.declaration.cfg ?? exported.path) : exported.path;
			const traced = this.#begin(ctx, path, [...args]);
			const outer = this.#running;
			this.#running = traced;
			const started = performance.now();
			const ended = (result: KemiValue) => {
				traced.result = result;
				traced.microseconds = (performance.now() - started) * 1000;
			};
			try {
				const result = call(ctx, args, language);
				if (result instanceof Promise) {
					traced.waited = true;
					result.then(
						(value) => ended(value as KemiValue),
						(error: unknown) => {
							traced.thrown = String((error as Error)?.message ?? error);
						},
					);
				} else ended(result);
				return result;
			} catch (error) {
				if (error instanceof ScriptThrow) traced.thrown = error.message;
				traced.microseconds = (performance.now() - started) * 1000;
				throw error;
			} finally {
				this.#running = outer;
			}
		};
	};

	/** For route blocks that other routes call. */
	readonly watchRoute: RouteWatch = (ctx, route) => {
		const { open } = ctx.get(traceOf);
		const traced = this.#begin(ctx, 'route', [route]);
		const entry: OpenRoute = { traced, within: this.#running };
		open.push(entry);
		const started = performance.now();
		return (result) => {
			open.splice(open.indexOf(entry));
			traced.result = result;
			traced.microseconds = (performance.now() - started) * 1000;
		};
	};

	/** Puts a call where it belongs: into the route it is made in, or into the call that runs meanwhile. */
	#begin(ctx: RequestContext, path: string, args: readonly RawValue[]): TracedCall {
		const traced: TracedCall = {
			...{ path, args, where: ctx.engine?.position(), result: undefined, thrown: undefined },
			...{ microseconds: 0, waited: false, calls: [] },
		};
		const { open, calls } = ctx.get(traceOf);
		const route = open.at(-1);
		const parent = route && route.within === this.#running ? route.traced : this.#running;
		(parent?.calls ?? calls).push(traced);
		return traced;
	}

	readonly onReply = (ctx: RequestContext, reply: HttpReply): void => {
		const { method, target } = ctx.request;
		this.#sink({ method, target, reply, ...callsOf(ctx) });
	};

	readonly onEvent = (ctx: RequestContext): void => {
		this.#sink({ event: ctx.event ?? '', ...callsOf(ctx) });
	};
}
