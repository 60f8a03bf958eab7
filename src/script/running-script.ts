/**
 * The script that is in use, and everything that calls into it: events, callbacks by name, a reload, a new engine
 * in place of a broken one.
 *
 * @module
 */

import { errorPage } from '../http/error-page.ts';
import { plainReply, RETRY_AFTER } from '../http/reply.ts';
import { makeRequest } from '../http/request.ts';
import { type HostServices, RequestContext } from '../kemi/context.ts';
import { MADE_UP_REQUEST, type RaiseOptions, type ScriptEvents } from '../kemi/events.ts';
import type { Guests, RouteBlocks } from '../kemi/language.ts';
import { Refusal } from '../kemi/refusal.ts';
import { LimitError, ScriptError } from '../kemi/script-error.ts';
import { nextTurn } from '../kemi/turn.ts';
import type { LevelName } from '../log/levels.ts';
import type { ScriptSnapshot } from '../source/folder.ts';
import { type Handler, LoadedScript, type ScriptSetup } from './loaded-script.ts';

/** A script that is loaded and can replace the running one. */
export interface PreparedScript {
	/** Its files. */
	readonly snapshot: ScriptSnapshot;
	/** Replaces the running script with it. */
	commit(): void;
	/** Drops it. */
	discard(): void;
}

/** After so many milliseconds an engine that could not be built is tried again. */
const REBUILD_PAUSE = 1000;

/** What a running script is given. */
export interface RunningScriptOptions {
	readonly setup: ScriptSetup;
	readonly host: HostServices;
	/** Puts the details of an error into the reply. */
	readonly dev: boolean;
	/** Called when a callback has failed because of an error in the script. */
	readonly onFailure:
		| ((ctx: RequestContext, text: string, call: ((callback: string) => void) | undefined) => void)
		| undefined;
	/** Called when an artificial request, made for an event, is over. */
	readonly onEnded: (ctx: RequestContext) => void;
}

/** The script of one host, over all its reloads. */
export class RunningScript implements ScriptEvents {
	readonly #options: RunningScriptOptions;
	/** Undefined before the start, after the end, and while a broken engine is replaced. */
	#script: LoadedScript | undefined;
	/** When the log last said that too many handlers wait. */
	#complained = Number.NEGATIVE_INFINITY;
	/** Set while a broken engine is being replaced; settles when that is done or has failed. */
	#rebuilding: Promise<void> | undefined;
	#closed = false;

	constructor(options: RunningScriptOptions) {
		this.#options = options;
	}

	/** The files that the script was made of. */
	get snapshot(): ScriptSnapshot {
		return this.#script?.snapshot ?? new Map();
	}

	/** Bytes that the engine's heap holds now. */
	get memory(): number {
		return this.#script?.engine.memory() ?? 0;
	}

	/**
	 * Loads the script for the first time.
	 * @param snapshot files to take instead of those on the disk
	 */
	async start(snapshot?: ScriptSnapshot): Promise<void> {
		this.#script = await LoadedScript.load(this.#options.setup, snapshot);
	}

	/**
	 * Loads the script again, beside the running one. Requests go to the running one until `commit` is called.
	 * @param snapshot files to use instead of those on disk
	 * @throws KemihostError if it cannot be loaded; the running one is not affected
	 */
	async prepare(snapshot?: ScriptSnapshot): Promise<PreparedScript> {
		const script = await LoadedScript.load(this.#options.setup, snapshot);
		return {
			snapshot: script.snapshot,
			commit: () => {
				const old = this.#script;
				this.#script = script;
				if (old) this.#options.host.waiting.whenIdle(old.engine, () => old.close()); // what it began, it ends
			},
			discard: () => script.close(),
		};
	}

	/** Frees the engine. */
	close(): void {
		this.#closed = true;
		this.#script?.close();
		this.#script = undefined;
	}

	handles(event: string): boolean {
		// While a broken engine is replaced: whoever asks goes on to `handle`, which waits for the new one.
		return this.#script === undefined || this.#script.handlerOf(event) !== undefined;
	}

	handle(event: string, ctx: RequestContext): undefined | Promise<undefined> {
		const script = this.#script;
		if (!script) return this.#rebuilt(ctx, () => this.handle(event, ctx));
		const handler = script.handlerOf(event);
		return handler === undefined ? undefined : this.#enter(script, handler, event, ctx);
	}

	async call(callback: string, event: string, ctx: RequestContext): Promise<undefined> {
		await nextTurn();
		const script = this.#script;
		if (!script) return this.#rebuilt(ctx, () => this.call(callback, event, ctx));
		return this.#enter(script, { engine: script.engine, callback }, event, ctx);
	}

	/**
	 * Goes on once the broken engine is replaced, which takes some milliseconds. Where there is none to come, the
	 * client is told to come again.
	 */
	#rebuilt(ctx: RequestContext, goOn: () => undefined | Promise<undefined>): undefined | Promise<undefined> {
		return this.#rebuilding ? this.#rebuilding.then(goOn) : unavailable(ctx);
	}

	/** Scripts that route blocks call. */
	get guests(): Guests {
		return this.#script?.guests ?? NO_GUESTS;
	}

	/** The route blocks of the configuration. */
	get routes(): RouteBlocks | undefined {
		return this.#script?.routes;
	}

	async raise(event: string, options: RaiseOptions = {}): Promise<RequestContext | undefined> {
		await nextTurn();
		await this.#rebuilding;
		const script = this.#script;
		const { callback } = options;
		const handler =
			script && callback !== undefined ? { engine: script.engine, callback } : script?.handlerOf(event);
		if (!script || handler === undefined) return undefined;
		const { host, onEnded } = this.#options;
		const ctx = new RequestContext(host, makeRequest({ ...MADE_UP_REQUEST, ...options.request }), event);
		options.prepare?.(ctx);
		await this.#enter(script, handler, event, ctx);
		onEnded(ctx);
		return ctx;
	}

	#enter(
		script: LoadedScript,
		handler: Handler,
		event: string,
		ctx: RequestContext,
	): undefined | Promise<undefined> {
		const { engine, callback } = handler;
		ctx.engine = engine;
		ctx.callback ??= callback;
		const { guard } = this.#options.setup;
		guard?.enter(callback, ctx);
		try {
			return engine
				.call(callback, [event], ctx)
				?.catch((error: unknown) => this.#failed(ctx, handler, script, error));
		} catch (error) {
			return this.#failed(ctx, handler, script, error);
		} finally {
			guard?.leave();
		}
	}

	/** Logs what went wrong in a callback; the client gets it as a status, unless the script had replied already. */
	#failed(
		ctx: RequestContext,
		{ engine, callback }: Handler,
		script: LoadedScript,
		error: unknown,
	): undefined {
		const summary = `${callback} failed for ${ctx.subject}`;
		let level: LevelName = 'error';
		let status = 500;
		let headers = '';
		let text: string;
		if (error instanceof ScriptError) {
			text = `${summary}: ${script.describe(error)}`;
			const call = engine.routes ? undefined : (name: string) => void engine.call(name, [], ctx);
			this.#options.onFailure?.(ctx, text, call);
		} else if (error instanceof LimitError) {
			status = 503;
			this.#options.host.metrics?.stopped(error.limit);
			text = `${callback} was stopped for ${ctx.subject}: ${error.message}`;
			if (error.limit === 'waiting') {
				headers = RETRY_AFTER;
				level = this.#complains() ? 'warning' : 'debug';
			}
			if (error.engineLost) this.#rebuild(script);
		} else if (error instanceof Refusal) {
			text = `${summary}: ${error.message}`;
		} else {
			level = 'bug';
			text = `${summary} inside the host: ${(error as Error)?.stack ?? error}`;
		}
		const { dev } = this.#options;
		ctx.log(level, text);
		if (!ctx.reply.final)
			ctx.reply.replace(
				dev ? errorPage(ctx.request, status, text, headers) : plainReply(status, { headers }),
			);
		return undefined;
	}

	/** True once a second: where too many handlers wait, there are too many lines as well. */
	#complains(): boolean {
		const now = performance.now();
		if (now - this.#complained < 1000) return false;
		this.#complained = now;
		return true;
	}

	/** Replaces an engine that a limit has broken. Requests that come meanwhile wait for the new one. */
	#rebuild(broken: LoadedScript): void {
		const lost = new LimitError(
			'memory',
			'the engine was lost, by another request, while the handler waited',
		);
		this.#options.host.waiting.giveUpAll(lost, broken.engine);
		// Nested calls can report the same loss more than once; a script that a reload has replaced is closed by now.
		if (broken !== this.#script) return;
		this.#script = undefined;
		broken.close();
		this.#loadAgain(broken.snapshot);
	}

	#loadAgain(snapshot: ScriptSnapshot): void {
		// A reload may have put another script in the place meanwhile.
		if (this.#closed || this.#script) return;
		this.#rebuilding = this.#load(snapshot).finally(() => {
			this.#rebuilding = undefined;
		});
	}

	async #load(snapshot: ScriptSnapshot): Promise<void> {
		try {
			const script = await LoadedScript.load(this.#options.setup, snapshot);
			if (this.#closed || this.#script) script.close();
			else this.#script = script;
		} catch (error) {
			this.#options.host.log.log(
				'critical',
				`the engine cannot be rebuilt (${(error as Error).message}); next attempt in ${REBUILD_PAUSE} ms`,
			);
			setTimeout(() => this.#loadAgain(snapshot), REBUILD_PAUSE).unref();
		}
	}
}

/** While no engine is there nothing calls. */
const NO_GUESTS: Guests = { run: () => -1, evaluate: () => -1, file: () => -1 };

/** No engine is there: the client may come again. */
function unavailable(ctx: RequestContext): undefined {
	ctx.reply.replace(plainReply(503, { headers: RETRY_AFTER }));
	return undefined;
}
