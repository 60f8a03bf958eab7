/**
 * The host: options in, a running host out. Everything else is put together here.
 *
 * @module
 */
import type { Socket } from 'node:net';
import { chooseEngine } from '../engines/list.ts';
import { bytesOf } from './bytes.ts';
import { OneProcess } from './children/one-process.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ReadOptions } from './config/kamailio/read.ts';
import { KemihostError } from './errors.ts';
import { toReply, toRequest, toResponse } from './http/fetch.ts';
import { Listener } from './http/listener.ts';
import { type HttpReply, plainReply, RETRY_AFTER } from './http/reply.ts';
import type { ConnectionInfo, HttpRequest, ListenEndpoint } from './http/request.ts';
import { accessOf } from './kemi/access.ts';
import { type HostServices, RequestContext } from './kemi/context.ts';
import { eventCallbacks, type ScriptEvents, WORKER_ONE_INIT } from './kemi/events.ts';
import { ExportTable, type Interceptor } from './kemi/exports.ts';
import type { Guests, RouteBlocks } from './kemi/language.ts';
import type { KemiModule, ParamValues } from './kemi/module.ts';
import { collectParams, type ModParam } from './kemi/params.ts';
import type { Processes } from './kemi/processes.ts';
import { RpcTable } from './kemi/rpc.ts';
import { LimitError } from './kemi/script-error.ts';
import { WaitingList } from './kemi/waiting.ts';
import { type LimitKey, type Limits, withDefaults } from './limits.ts';
import { type Access, compileAccessFormat } from './log/access-log.ts';
import { stderrSink } from './log/formats.ts';
import { LEVELS } from './log/levels.ts';
import { Logger, type LogSink } from './log/logger.ts';
import { RepeatedLine } from './log/repeated.ts';
import { HostMetrics } from './metrics/host-metrics.ts';
import { MeteredGuard } from './metrics/metered-guard.ts';
import { wantsMetrics } from './modules/kemihost.ts';
import { STANDARD_MODULES } from './modules/standard.ts';
import { tls } from './modules/tls.ts';
import { NetworkPolicy } from './net/policy.ts';
import { VariableRegistry } from './pv/registry.ts';
import type { ScriptSnapshot, SourceTransform } from './script/folder.ts';
import type { EntryGuard } from './script/guard.ts';
import type { GuestScripts } from './script/guests.ts';
import type { ScriptSetup } from './script/loaded-script.ts';
import { type PreparedScript, RunningScript } from './script/running-script.ts';
import { MemoryStore } from './store/memory.ts';
import { uniqueNumbers } from './store/numbers.ts';
import { once } from './store/once.ts';
import type { SharedStore } from './store/store.ts';
import { version } from './version.ts';

/** What `createHost` takes. Everything but the script has a default. */
export interface HostOptions {
	/** The path of the script: .lua, .js, .mjs or .ts. */
	script: string;
	/** Scripts that are loaded into the same engine before it, in this order. */
	scriptsBefore?: readonly string[];
	/** An engine's name or alias; without it the script's ending decides. */
	engine?: string;
	/** The function that is called for each request; `ksr_xhttp_event` by default. */
	eventCallback?: string;
	/** False where the script need not handle requests: a configuration that serves no HTTP. */
	requireHandlers?: boolean;
	/** Module parameters, as `modparam` sets them. */
	modparams?: readonly ModParam[];
	/** Modules of your own, loaded behind those that ship. */
	modules?: readonly KemiModule[];
	/** Values for `$def()`, as text. */
	defines?: Readonly<Record<string, string>>;
	/** The names of the environment variables that scripts may see, `*` for all; by default none. */
	env?: readonly string[];
	/** Limits that differ from their defaults. */
	limits?: Partial<Record<LimitKey, number>>;
	/** Where log lines go; by default to stderr. */
	log?: LogSink;
	/** The threshold as a number, as in Kamailio's `debug`: 2 (info) by default. */
	logLevel?: number;
	/** Puts the details of an error into the reply. */
	dev?: boolean;
	/** Where scripts may connect to (`net/policy.ts`); by default everywhere. */
	allowNet?: readonly string[];
	/** Makes a KSR call with wrong arguments an error in the script. */
	strict?: boolean;
	/** The format of a line for each reply: `common`, `combined`, `timed`, or fields as of Apache; by default none. */
	accessLog?: string;
	/** The text of the Server header; empty for none. */
	serverHeader?: string;
	/** Addresses that connections come from beside those of `listen`: the primary's, in a child process. */
	addresses?: readonly ListenEndpoint[];
	/** Told of every call into the engine. */
	guard?: EntryGuard;
	/** What all children share; by default a store in this process. Whoever passes one also closes it. */
	store?: SharedStore;
	/**
	 * What the children of this host share and other hosts do not know; by default `store`, or memory where that is a store
	 * of several hosts.
	 */
	localStore?: SharedStore;
	/** The number of this child, from 1; 0 without children. */
	childIndex?: number;
	/** The other processes, in a child; by default this one is alone. */
	processes?: Processes;
	/** How a kamailio.cfg is read: what the command line defines and substitutes. */
	reading?: Omit<ReadOptions, 'readFile'>;
	/** The path of a kamailio.cfg whose route blocks the script can call: `KSR.route("NAME")`. */
	routes?: string;
	/** Scripts in Lua and JavaScript that route blocks call, with `lua_run` and `jsdt_run`. */
	guests?: GuestScripts;
	/** Files of the script to take instead of those on the disk. */
	snapshot?: ScriptSnapshot;
	/** The time as scripts see it; by default the machine's. */
	clock?: Clock;
	/** Stands around every KSR function: for tools that watch or replace calls. */
	interceptor?: Interceptor;
	/** Told of each request once it has its reply. */
	onReply?: (ctx: RequestContext, reply: HttpReply) => void;
	/** Told of each event that no client's request has caused, once its handler has ended. */
	onEvent?: (ctx: RequestContext) => void;
	/** Changes the script's sources before they are compiled. */
	transform?: SourceTransform;
}

/** The function that is called for each request where nothing else is said. */
export const DEFAULT_CALLBACK = 'ksr_xhttp_event';

/** Why what a handler has begun and not waited for is cancelled. One for all: making an Error takes a stack. */
const REQUEST_ENDED = new Error('the request has ended');

/** A running host. Made by `createHost`. */
export class Host implements HostServices {
	readonly log: Logger;
	readonly exports: ExportTable;
	readonly variables: VariableRegistry;
	readonly defines: ReadonlyMap<string, string>;
	readonly environment: ReadonlyMap<string, string>;
	readonly strict: boolean;
	readonly clock: Clock;
	readonly startTime: number;
	readonly store: SharedStore;
	readonly localStore: SharedStore;
	readonly waiting: WaitingList;
	readonly network: NetworkPolicy;
	readonly rpc: RpcTable;
	readonly processes: Processes;
	readonly metrics: HostMetrics | undefined;
	readonly nextRequestId: () => number;
	readonly #accessLine: ((access: Access) => string) | undefined;
	readonly #options: HostOptions;
	readonly #limits: Limits;
	readonly #modules: readonly KemiModule[];
	readonly #states = new Map<KemiModule, unknown>();
	readonly #setup: ScriptSetup;
	readonly #script: RunningScript;
	/** The modules that requests are offered to. */
	readonly #takers: readonly KemiModule[];
	/** The modules that want to know when a request is over. */
	readonly #enders: readonly KemiModule[];
	readonly #listener: Listener;
	/** Requests that have no reply yet. */
	#inFlight = 0;
	readonly #turnedAway = new RepeatedLine((count) => {
		const requests = count === 1 ? 'a request' : `${count} requests`;
		this.log.log(
			'warning',
			`${requests} got 503: ${this.#limits.inFlight} have no reply yet, which is the limit`,
		);
	});
	#closing = false;
	#closed = false;

	/** Use `createHost`. */
	constructor(options: HostOptions) {
		this.#options = options;
		this.#limits = withDefaults(options.limits);
		this.log = new Logger(
			options.log ?? stderrSink('pretty'),
			options.logLevel ?? LEVELS.info,
			this.#limits.logLine,
			this.#limits.logLines,
		);
		this.strict = options.strict ?? false;
		this.clock = options.clock ?? systemClock;
		this.startTime = Math.floor(this.clock.now() / 1000);
		this.store = options.store ?? new MemoryStore({ bytes: this.#limits.shared }, this.clock);
		this.localStore =
			options.localStore ??
			(this.store.home === undefined ? this.store : new MemoryStore({ bytes: this.#limits.shared }));
		this.network = new NetworkPolicy(options.allowNet);
		this.defines = new Map(
			Object.entries(options.defines ?? {}).map(([name, value]) => [bytesOf(name), bytesOf(value)]),
		);
		this.environment = environmentFor(options.env ?? []);
		this.#modules = [...STANDARD_MODULES, ...(options.modules ?? [])];
		this.#checkDependencies();
		this.exports = new ExportTable(this.#modules, (text) => this.log.log('error', text), options.interceptor);
		this.variables = new VariableRegistry(
			this.#modules.flatMap((module) => module.variables ?? []),
			this.#modules.flatMap((module) => module.transformations ?? []),
		);
		this.nextRequestId = uniqueNumbers(this.localStore.table('numbers'), 'request');
		this.#accessLine = options.accessLog === undefined ? undefined : compileAccessFormat(options.accessLog);
		this.rpc = new RpcTable(this.#modules);
		this.processes = options.processes ?? new OneProcess(this);
		const params = this.#collectParams();
		this.metrics = wantsMetrics(params)
			? new HostMetrics(this, {
					engineMemory: () => this.#script.memory,
					requestsInFlight: () => this.#inFlight,
				})
			: undefined;
		const guard = this.metrics ? new MeteredGuard(this.metrics, options.guard) : options.guard;
		this.waiting = new WaitingList(this.#limits, guard);
		this.#setup = {
			path: options.script,
			...(options.scriptsBefore ? { before: options.scriptsBefore } : {}),
			definition: chooseEngine(options.script, options.engine),
			exports: this.exports,
			native: { functions: this.exports, variables: this.variables, reading: options.reading ?? {} },
			limits: { cpuMs: this.#limits.cpu, memoryBytes: this.#limits.memory },
			log: (level, text) => this.log.log(level, text, 'script'),
			...(options.guests === undefined ? {} : { guests: options.guests }),
			...(options.routes === undefined ? {} : { routes: options.routes }),
			callbacks: eventCallbacks(this.#modules, params, 'callbackParam'),
			eventRoutes: eventCallbacks(this.#modules, params, 'routeParam'),
			required: (options.requireHandlers === false ? [] : this.#modules).flatMap((module) =>
				(module.events ?? []).filter(({ required }) => required).map(({ name }) => name),
			),
			guard,
			...(options.clock ? { clock: options.clock } : {}),
			...(options.transform ? { transform: options.transform } : {}),
		};
		this.#takers = this.#modules.filter((module) => module.request);
		this.#enders = this.#modules.filter((module) => module.requestEnded);
		this.#script = new RunningScript({
			setup: this.#setup,
			host: this,
			dev: options.dev ?? false,
			onEnded: (ctx) => {
				this.#ended(ctx);
				options.onEvent?.(ctx);
			},
		});
		for (const module of this.#modules) this.#states.set(module, module.init?.(params(module), this));
		this.#listener = new Listener(
			{
				limits: this.#limits,
				serverLine: serverLine(options.serverHeader ?? `kemihost (${version})`),
				handler: (request) => this.dispatch(request),
				onParseError: (error, { remote }) =>
					this.log.log('debug', `${remote.address}:${remote.port}: ${error.message} (${error.status})`),
				onTlsError: (text) => this.log.log('debug', text),
			},
			uniqueNumbers(this.localStore.table('numbers'), 'connection'),
			this.state(tls).sites,
		);
	}

	/**
	 * Loads the script and starts the modules. Called once, by `createHost`.
	 * @param snapshot files to take instead of those on the disk
	 */
	async start(snapshot?: ScriptSnapshot): Promise<void> {
		await this.#script.start(snapshot);
		for (const module of this.#modules) await module.started?.(this.#states.get(module), this);
		if (this.leading && this.events.handles(WORKER_ONE_INIT) && this.once(WORKER_ONE_INIT))
			await this.events.raise(WORKER_ONE_INIT);
	}

	/** The files that the running script was made of. */
	get snapshot(): ScriptSnapshot {
		return this.#script.snapshot;
	}

	/** The ways into the script. */
	get events(): ScriptEvents {
		return this.#script;
	}

	/** Scripts that route blocks call. */
	get guests(): Guests {
		return this.#script.guests;
	}

	/** The route blocks of the configuration. */
	get routes(): RouteBlocks | undefined {
		return this.#script.routes;
	}

	/** The number of this child, from 1; 0 without children. */
	get childIndex(): number {
		return this.#options.childIndex ?? 0;
	}

	/** True in one process of a host: the only one, or the first child and whichever replaces it. */
	get leading(): boolean {
		return this.childIndex <= 1;
	}

	once(what: string): boolean {
		return once(this.store, what);
	}

	/**
	 * Loads the script anew beside the running one. Requests go to the running one until `commit` is called.
	 * @param snapshot files to take instead of those on the disk
	 * @throws KemihostError where the new script cannot be loaded; the running one is not touched
	 */
	prepare(snapshot?: ScriptSnapshot): Promise<PreparedScript> {
		return this.#script.prepare(snapshot);
	}

	/**
	 * Loads the script anew from the disk and swaps it in. No request is lost.
	 * @throws KemihostError where it cannot be loaded; the old one goes on
	 */
	async reload(): Promise<void> {
		const prepared = await this.prepare();
		prepared.commit();
	}

	/** The name of the engine that runs the script. */
	get engineName(): string {
		return this.#setup.definition.name;
	}

	/** Bytes that the engine's heap holds now. */
	get engineMemory(): number {
		return this.#script.memory;
	}

	/** The addresses that the host listens on. */
	get addresses(): readonly ListenEndpoint[] {
		return [...(this.#options.addresses ?? []), ...this.#listener.addresses];
	}

	/** The path of the script. */
	get scriptPath(): string {
		return this.#setup.path;
	}

	/** The names of the modules, in the order they were loaded. */
	get moduleNames(): readonly string[] {
		return this.#modules.map(({ name }) => name);
	}

	get ready(): boolean {
		return !this.#closing && !this.waiting.full && !this.#full;
	}

	connections(): readonly ConnectionInfo[] {
		return this.#listener.connections;
	}

	state<S>(module: KemiModule<S>): S {
		return this.#states.get(module) as S;
	}

	api<A>(module: KemiModule<unknown, A>): NonNullable<A> {
		if (!this.#modules.includes(module) || module.api == null)
			throw new KemihostError('KH_MODULE', `module ${module.name} is not loaded or offers nothing to others`);
		return module.api;
	}

	/**
	 * Answers a request: at once, unless the script waits for something. Errors of the script become replies.
	 * @param request a request from the wire or made by `makeRequest`
	 */
	dispatch(request: HttpRequest): HttpReply | Promise<HttpReply> {
		return this.answer(this.context(request));
	}

	/** The context of a request before it is answered, so that tools can look into it or set variables. */
	context(request: HttpRequest): RequestContext {
		return new RequestContext(this, request);
	}

	/** Answers the request of a context that `context` made. */
	answer(ctx: RequestContext): HttpReply | Promise<HttpReply> {
		if (this.#closed) return plainReply(503, { close: true });
		const reply = this.#offer(ctx, 0);
		if (reply instanceof Promise) return this.#answerLate(ctx, reply);
		this.#ended(ctx);
		this.#account(ctx, reply);
		return reply;
	}

	/** True where as many requests as may be have no reply yet. */
	get #full(): boolean {
		return this.#inFlight >= this.#limits.inFlight;
	}

	turnsAway(ctx: RequestContext): boolean {
		if (!this.#full) return false;
		this.#turnedAway.happened();
		this.metrics?.stopped('in-flight');
		ctx.reply.replace(plainReply(503, { headers: RETRY_AFTER }));
		return true;
	}

	/** Tells everybody who wants to know of a request that has its reply. */
	#account(ctx: RequestContext, reply: HttpReply): void {
		this.#options.onReply?.(ctx, reply);
		if (!this.metrics && !this.#accessLine) return;
		const took = performance.now() - ctx.began;
		this.metrics?.answered(ctx, reply, took);
		if (this.#accessLine) this.log.access(this.#accessLine(accessOf(ctx, reply, took)), ctx);
	}

	async #answerLate(ctx: RequestContext, reply: Promise<HttpReply>): Promise<HttpReply> {
		this.#inFlight++;
		try {
			const final = await reply;
			this.#account(ctx, final);
			return final;
		} finally {
			this.#inFlight--;
			this.#ended(ctx);
		}
	}

	/**
	 * Answers a web-standard Request, without a socket.
	 * @example const response = await host.fetch(new Request('http://localhost/hello'));
	 */
	async fetch(request: Request): Promise<Response> {
		const made = await toRequest(request);
		return toResponse(await toReply(this.dispatch(made)), made);
	}

	/**
	 * Listens on an address.
	 * @param endpoint by default 127.0.0.1 with a free port
	 * @returns the address really listened on
	 * @throws KemihostError `KH_LISTEN`
	 */
	listen(endpoint: Partial<ListenEndpoint> = {}): Promise<ListenEndpoint> {
		if (this.#closed) throw new KemihostError('KH_CLOSED', 'the host is closed');
		return this.#listener.listen({ address: '127.0.0.1', port: 0, ...endpoint });
	}

	/**
	 * Serves a connection that came in elsewhere.
	 * @param secure it begins with TLS
	 */
	accept(socket: Socket, secure = false): void {
		this.#listener.accept(socket, secure);
	}

	/**
	 * Stops listening, finishes what is in flight within the drain time, and frees the engine.
	 * @param patience milliseconds that idle connections get for one more request; by default some where the sockets go on without
	 * this host, and else none
	 */
	async close(patience?: number): Promise<void> {
		if (this.#closed) return;
		this.#closing = true;
		await this.#listener.close(this.#limits.drain, patience);
		this.#closed = true;
		this.waiting.giveUpAll(new LimitError('time', 'the host closes'));
		for (const module of this.#modules) await module.close?.(this.#states.get(module));
		this.#script.close();
		this.log.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}

	/** Asks the modules, one after the other, whether the request is theirs. */
	#offer(ctx: RequestContext, from: number): HttpReply | Promise<HttpReply> {
		for (let i = from; i < this.#takers.length; i++) {
			const module = this.#takers[i] as KemiModule;
			const taken = module.request?.(ctx, this.#states.get(module)) ?? false;
			if (taken === false) continue;
			if (taken === true) return ctx.reply.final ?? plainReply(500);
			ctx.request.connection.onGone = () => ctx.abort(new Error('the client has gone'));
			return taken.then((late) => (late ? (ctx.reply.final ?? plainReply(500)) : this.#offer(ctx, i + 1)));
		}
		ctx.log('debug', `no module takes ${ctx.request.method} ${ctx.request.target}`);
		return plainReply(404);
	}

	#ended(ctx: RequestContext): void {
		ctx.abort(REQUEST_ENDED);
		for (const module of this.#enders) module.requestEnded?.(ctx, this.#states.get(module));
	}

	#collectParams(): (module: KemiModule) => ParamValues {
		const { eventCallback = DEFAULT_CALLBACK, modparams = [] } = this.#options;
		const callback = { module: 'xhttp', name: 'event_callback', value: eventCallback };
		return collectParams(this.#modules, [callback, ...modparams]);
	}

	#checkDependencies(): void {
		const names = new Set(this.#modules.map((module) => module.name));
		for (const module of this.#modules)
			for (const needed of module.depends ?? [])
				if (!names.has(needed))
					throw new KemihostError(
						'KH_MODULE',
						`module ${module.name} needs module ${needed}, which is not loaded`,
					);
	}
}

/** What scripts may see of this process's environment. */
function environmentFor(names: readonly string[]): Map<string, string> {
	const all = names.includes('*');
	return new Map(
		Object.entries(process.env).flatMap(([name, value]) =>
			value !== undefined && (all || names.includes(name)) ? [[bytesOf(name), bytesOf(value)]] : [],
		),
	);
}

function serverLine(text: string): string {
	return text ? `Server: ${text}\r\n` : '';
}

/**
 * Makes a host and loads its script.
 * @throws KemihostError for options, parameters and scripts that are not good
 * @example
 * const host = await createHost({ script: 'handler.lua' });
 * const { port } = await host.listen({ port: 8080 });
 */
export async function createHost(options: HostOptions): Promise<Host> {
	const host = new Host(options);
	try {
		await host.start(options.snapshot);
		return host;
	} catch (error) {
		await host.close();
		throw error;
	}
}
