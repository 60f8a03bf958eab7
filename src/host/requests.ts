/**
 * Requests on their way through a host: offered to the modules, counted while they have no reply, and told of to
 * whoever wants to know once they have one.
 *
 * @module
 */
import { type HttpReply, plainReply, RETRY_AFTER } from '../http/reply.ts';
import { accessOf } from '../kemi/access.ts';
import type { RequestContext } from '../kemi/context.ts';
import type { KemiModule } from '../kemi/module.ts';
import { type Access, compileAccessFormat } from '../log/access-log.ts';
import type { Logger } from '../log/logger.ts';
import { RepeatedLine } from '../log/repeated.ts';
import type { HostMetrics } from '../metrics/host-metrics.ts';
import type { HostModules } from './modules.ts';
import type { HostOptions } from './options.ts';

/** Why what a handler has begun and not waited for is cancelled. One for all: making an Error takes a stack. */
const REQUEST_ENDED = new Error('the request has ended');

/** What requests are given. */
export interface RequestsOptions extends Pick<HostOptions, 'accessLog' | 'onReply'> {
	readonly modules: HostModules;
	readonly log: Logger;
	readonly metrics: HostMetrics | undefined;
	/** How many may have no reply yet. */
	readonly most: number;
}

/** A module that has an optional part of the contract, with its state. */
interface WithState<Part extends keyof KemiModule> {
	readonly module: KemiModule & Required<Pick<KemiModule, Part>>;
	readonly state: unknown;
}

/** The requests of one host. */
export class Requests {
	readonly #modules: HostModules;
	readonly #log: Logger;
	readonly #metrics: HostMetrics | undefined;
	readonly #most: number;
	readonly #onReply: HostOptions['onReply'];
	readonly #accessLine: ((access: Access) => string) | undefined;
	/** What requests are offered to. Made with the first one, as modules get their states after this. */
	#takers: readonly WithState<'request'>[] | undefined;
	/** What wants to know when a request is over. */
	#enders: readonly WithState<'requestEnded'>[] | undefined;
	readonly #turnedAway: RepeatedLine;
	#inFlight = 0;
	#closed = false;

	/** @throws KemihostError `KH_USAGE` for an access format with a field that does not exist */
	constructor({ modules, log, metrics, most, accessLog, onReply }: RequestsOptions) {
		this.#modules = modules;
		this.#log = log;
		this.#metrics = metrics;
		this.#most = most;
		this.#onReply = onReply;
		this.#accessLine = accessLog === undefined ? undefined : compileAccessFormat(accessLog);
		this.#turnedAway = new RepeatedLine((count) => {
			const requests = count === 1 ? 'a request' : `${count} requests`;
			log.log('warning', `${requests} got 503: ${most} have no reply yet, which is the limit`);
		});
	}

	/** How many have no reply yet. */
	get inFlight(): number {
		return this.#inFlight;
	}

	/** True where as many as may be have no reply yet. */
	get full(): boolean {
		return this.#inFlight >= this.#most;
	}

	/** Answers the request of a context: at once, unless the script waits. */
	answer(ctx: RequestContext): HttpReply | Promise<HttpReply> {
		if (this.#closed) return plainReply(503, { close: true });
		const reply = this.#offer(ctx, 0);
		if (reply instanceof Promise) return this.#answerLate(ctx, reply);
		this.ended(ctx);
		this.#account(ctx, reply);
		return reply;
	}

	/** Gives a request its 503 where there are too many for one more to go to the script. */
	turnsAway(ctx: RequestContext): boolean {
		if (!this.full) return false;
		this.#turnedAway.happened();
		this.#metrics?.stopped('in-flight');
		ctx.reply.replace(plainReply(503, { headers: RETRY_AFTER }));
		return true;
	}

	/** A request is over, or an event that was told as one. */
	ended(ctx: RequestContext): void {
		ctx.abort(REQUEST_ENDED);
		this.#enders ??= this.#withState('requestEnded');
		for (const { module, state } of this.#enders) module.requestEnded(ctx, state);
	}

	/** From now on each request gets 503 at once. */
	close(): void {
		this.#closed = true;
	}

	/** Asks the modules, one after the other, whether the request is theirs. */
	#offer(ctx: RequestContext, from: number): HttpReply | Promise<HttpReply> {
		this.#takers ??= this.#withState('request');
		for (let i = from; i < this.#takers.length; i++) {
			const { module, state } = this.#takers[i] as WithState<'request'>;
			const taken = module.request(ctx, state);
			if (taken === false) continue;
			if (taken === true) return ctx.reply.final ?? plainReply(500);
			ctx.request.connection.onGone = () => ctx.abort(new Error('the client has gone'));
			return taken.then((late) => (late ? (ctx.reply.final ?? plainReply(500)) : this.#offer(ctx, i + 1)));
		}
		ctx.log('debug', `no module takes ${ctx.request.method} ${ctx.request.target}`);
		return plainReply(404);
	}

	async #answerLate(ctx: RequestContext, reply: Promise<HttpReply>): Promise<HttpReply> {
		this.#inFlight++;
		try {
			const final = await reply;
			this.#account(ctx, final);
			return final;
		} finally {
			this.#inFlight--;
			this.ended(ctx);
		}
	}

	/** The modules that have a part of the contract. To look up their states for each request would cost more than to ask them. */
	#withState<Part extends keyof KemiModule>(part: Part): WithState<Part>[] {
		return this.#modules.list
			.filter((module): module is WithState<Part>['module'] => module[part] !== undefined)
			.map((module) => ({ module, state: this.#modules.state(module) }));
	}

	/** Tells everybody who wants to know of a request that has its reply. */
	#account(ctx: RequestContext, reply: HttpReply): void {
		this.#onReply?.(ctx, reply);
		if (!this.#metrics && !this.#accessLine) return;
		const took = performance.now() - ctx.began;
		this.#metrics?.answered(ctx, reply, took);
		if (this.#accessLine) this.#log.access(this.#accessLine(accessOf(ctx, reply, took)), ctx);
	}
}
