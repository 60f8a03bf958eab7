/**
 * The host: takes options and gives a running host. Everything else is put together here.
 *
 * @module
 */
import type { Socket } from 'node:net';
import { type Clock, systemClock } from './clock.ts';
import { coalesced } from './coalesced.ts';
import { KemihostError } from './errors.ts';
import { HostModules } from './host/modules.ts';
import { OneProcess } from './host/one-process.ts';
import { DEFAULT_CALLBACK, type HostOptions } from './host/options.ts';
import { Requests } from './host/requests.ts';
import { scriptSetup } from './host/script-setup.ts';
import { definesFor, environmentFor } from './host/visible.ts';
import { toReply, toRequest, toResponse } from './http/fetch.ts';
import { Listener } from './http/listener.ts';
import type { HttpReply } from './http/reply.ts';
import type { ConnectionInfo, HttpRequest, ListenEndpoint } from './http/request.ts';
import { type HostServices, RequestContext } from './kemi/context.ts';
import { type ScriptEvents, WORKER_ONE_INIT } from './kemi/events.ts';
import { ExportTable } from './kemi/exports.ts';
import type { Guests, RouteBlocks } from './kemi/language.ts';
import type { KemiModule } from './kemi/module.ts';
import { collectParams } from './kemi/params.ts';
import type { Processes } from './kemi/processes.ts';
import { RpcTable } from './kemi/rpc-table.ts';
import { LimitError } from './kemi/script-error.ts';
import { WaitingList } from './kemi/waiting.ts';
import { type Limits, withDefaults } from './limits.ts';
import { stderrSink } from './log/formats.ts';
import { LEVELS } from './log/levels.ts';
import { Logger } from './log/logger.ts';
import { HostMetrics } from './metrics/host-metrics.ts';
import { MeteredGuard } from './metrics/metered-guard.ts';
import { wantsMetrics } from './modules/kemihost.ts';
import { tls } from './modules/tls.ts';
import { NetworkPolicy } from './net/policy.ts';
import { absentVariables } from './pv/absent-variables.ts';
import { VariableRegistry } from './pv/registry.ts';
import type { ScriptSetup } from './script/loaded-script.ts';
import { type PreparedScript, RunningScript } from './script/running-script.ts';
import type { ScriptSnapshot } from './source/folder.ts';
import { MemoryStore } from './store/memory.ts';
import { uniqueNumbers } from './store/numbers.ts';
import { once } from './store/once.ts';
import type { SharedStore } from './store/store.ts';
import { version } from './version.ts';

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
	readonly nextConnectionId: () => number;
	readonly #options: HostOptions;
	readonly #limits: Limits;
	readonly #modules: HostModules;
	readonly #requests: Requests;
	readonly #setup: ScriptSetup;
	readonly #script: RunningScript;
	readonly #listener: Listener;
	readonly #reload = coalesced(async () => (await this.prepare()).commit());
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
		this.defines = definesFor(options.defines);
		this.environment = environmentFor(options.env);
		this.#modules = new HostModules(options.modules);
		const { list } = this.#modules;
		this.exports = new ExportTable(list, (text) => this.log.log('error', text), options.interceptor);
		const variables = list.flatMap((module) => module.variables ?? []);
		this.variables = new VariableRegistry(
			variables,
			list.flatMap(({ transformations = [] }) => transformations),
			absentVariables(variables, options.loaded && new Set(options.loaded)),
		);
		const numbers = this.localStore.table('numbers');
		this.nextRequestId = uniqueNumbers(numbers, 'request');
		this.nextConnectionId = uniqueNumbers(numbers, 'connection');
		this.rpc = new RpcTable(list);
		this.processes = options.processes ?? new OneProcess(this);
		const callback = {
			module: 'xhttp',
			name: 'event_callback',
			value: options.eventCallback ?? DEFAULT_CALLBACK,
		};
		const params = collectParams(list, [callback, ...(options.modparams ?? [])]);
		this.metrics = wantsMetrics(params)
			? new HostMetrics(this, {
					engineMemory: () => this.#script.memory,
					requestsInFlight: () => this.#requests.inFlight,
				})
			: undefined;
		this.#requests = new Requests({
			...options,
			modules: this.#modules,
			log: this.log,
			metrics: this.metrics,
			most: this.#limits.inFlight,
		});
		const guard = this.metrics ? new MeteredGuard(this.metrics, options.guard) : options.guard;
		this.waiting = new WaitingList(this.#limits, guard);
		this.#setup = scriptSetup(options, this, list, params, this.#limits, guard);
		this.#script = new RunningScript({
			setup: this.#setup,
			host: this,
			dev: options.dev ?? false,
			onFailure: options.onFailure,
			onEnded: (ctx) => {
				this.#requests.ended(ctx);
				options.onEvent?.(ctx);
			},
		});
		this.#modules.init(params, this, options.modparams ?? []);
		const connectionEnded = this.#modules.whenConnectionEnds(this);
		this.#listener = new Listener(
			{
				limits: this.#limits,
				serverLine: serverLine(options.serverHeader ?? `kemihost (${version})`),
				handler: (request) => this.dispatch(request),
				onParseError: (error, { remote }) =>
					this.log.log('debug', `${remote.address}:${remote.port}: ${error.message} (${error.status})`),
				onTlsError: (text) => this.log.log('debug', text),
				onEnded: (connection, how) => {
					if (!this.#closing) connectionEnded?.(connection, how);
				},
			},
			this.nextConnectionId,
			this.state(tls).sites,
		);
	}

	/**
	 * Loads the script and starts the modules. Called once, by `createHost`.
	 * @param snapshot files to use instead of those on disk
	 */
	async start(snapshot?: ScriptSnapshot): Promise<void> {
		await this.#script.start(snapshot);
		await this.#modules.started(this);
		if (this.leading && this.events.handles(WORKER_ONE_INIT) && this.once(WORKER_ONE_INIT))
			await this.events.raise(WORKER_ONE_INIT);
	}

	/** The files of the running script. */
	get snapshot(): ScriptSnapshot {
		return this.#script.snapshot;
	}

	/** Calls the script's handlers of events. */
	get events(): ScriptEvents {
		return this.#script;
	}

	/** The scripts that route blocks call. */
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
	 * Loads the script again, beside the running one. Requests go to the running one until `commit` is called.
	 * @param snapshot files to use instead of those on disk
	 * @throws KemihostError if the new script cannot be loaded; the running one is not affected
	 */
	prepare(snapshot?: ScriptSnapshot): Promise<PreparedScript> {
		return this.#script.prepare(snapshot);
	}

	/**
	 * Loads the script from disk again and replaces the running one. No request is lost.
	 * @throws KemihostError if it cannot be loaded; the old script stays in use
	 */
	reload(): Promise<void> {
		return this.#reload();
	}

	/** The name of the engine that runs the script. */
	get engineName(): string {
		return this.#setup.definition.name;
	}

	/** The size of the engine's heap now, in bytes. */
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
		return this.#modules.list.map(({ name }) => name);
	}

	get ephemeral(): boolean {
		return this.#options.ephemeral ?? false;
	}

	get withoutTls(): boolean {
		return this.#options.withoutTls ?? false;
	}

	get ready(): boolean {
		return !this.#closing && !this.waiting.full && !this.#requests.full;
	}

	connections(): readonly ConnectionInfo[] {
		return this.#listener.connections;
	}

	state<S>(module: KemiModule<S>): S {
		return this.#modules.state(module);
	}

	api<A>(module: KemiModule<unknown, A>): NonNullable<A> {
		return this.#modules.api(module);
	}

	/**
	 * Answers a request. Returns a promise only if the script waits. Errors of the script become replies.
	 * @param request a request from the wire, or one made by `makeRequest`
	 */
	dispatch(request: HttpRequest): HttpReply | Promise<HttpReply> {
		return this.answer(this.context(request));
	}

	/** Makes the context of a request without answering it, so that tools can read and set variables first. */
	context(request: HttpRequest): RequestContext {
		return new RequestContext(this, request);
	}

	/** Answers the request of a context that `context` made. */
	answer(ctx: RequestContext): HttpReply | Promise<HttpReply> {
		return this.#requests.answer(ctx);
	}

	turnsAway(ctx: RequestContext): boolean {
		return this.#requests.turnsAway(ctx);
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
	 * @returns the address that it listens on, with the real port
	 * @throws KemihostError `KH_LISTEN`
	 */
	listen(endpoint: Partial<ListenEndpoint> = {}): Promise<ListenEndpoint> {
		if (this.#closed) throw new KemihostError('KH_CLOSED', 'the host is closed');
		return this.#listener.listen({ address: '127.0.0.1', port: 0, ...endpoint });
	}

	/**
	 * Serves a connection that was accepted elsewhere.
	 * @param secure true if the connection begins with TLS
	 */
	accept(socket: Socket, secure = false): void {
		this.#listener.accept(socket, secure);
	}

	/**
	 * Stops listening, finishes the requests in flight within the drain time, and frees the engine.
	 * @param patience how long idle connections may still send one more request, in milliseconds; by default a
	 *   while if the sockets outlive this host, otherwise 0
	 */
	async close(patience?: number): Promise<void> {
		if (this.#closed) return;
		this.#closing = true;
		await this.#listener.close(this.#limits.drain, patience);
		this.#closed = true;
		this.#requests.close();
		this.waiting.giveUpAll(new LimitError('time', 'the host closes'));
		await this.#modules.close();
		this.#script.close();
		this.log.close();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.close();
	}
}

function serverLine(text: string): string {
	return text ? `Server: ${text}\r\n` : '';
}

/**
 * Makes a host and loads its script.
 * @throws KemihostError if an option, a module parameter or the script is wrong
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
