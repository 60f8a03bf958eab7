/**
 * What `kemihost run` serves with: this process, or child processes.
 *
 * @module
 */
import type { ChildSettings } from '../children/messages.ts';
import { changeIdentity } from '../children/privileges.ts';
import { Supervisor } from '../children/supervisor.ts';
import { createHost, type Host } from '../host.ts';
import type { ListenEndpoint } from '../http/request.ts';
import { withDefaults } from '../limits.ts';
import type { LogSink } from '../log/logger.ts';
import { answerJsonRpc, type RpcResponse } from '../rpc/json-rpc.ts';
import { loadOwnModules } from '../script/own-modules.ts';
import type { ScriptSnapshot } from '../source/folder.ts';
import { openStateFolder } from '../store/folder.ts';
import { MemoryStore } from '../store/memory.ts';
import { beginLife } from '../store/once.ts';
import { RedisStore } from '../store/redis.ts';
import { SqliteStore } from '../store/sqlite.ts';
import { traceOptions } from '../trace/format.ts';

/** What is served, by this process or by children of it. */
export interface Server {
	readonly engineName: string;
	readonly snapshot: ScriptSnapshot;
	/** The addresses really listened on. */
	readonly addresses: readonly ListenEndpoint[];
	reload(): Promise<void>;
	close(): Promise<void>;
	/** Answers a JSON-RPC document; undefined if it is none. */
	answer(document: string): Promise<RpcResponse | undefined>;
	/** Ends everything at once. */
	kill(): void;
}

/** What a server is started with. */
export interface ServerOptions {
	readonly settings: ChildSettings;
	readonly listen: readonly ListenEndpoint[];
	/** 0 for this process. */
	readonly children: number;
	/** Keeps what is shared when the host ends. */
	readonly stateDir: string | undefined;
	readonly log: LogSink;
}

/** Starts to serve. */
export function serve(options: ServerOptions): Promise<Server> {
	return options.children === 0 ? serveHere(options) : serveFromChildren(options);
}

function keptStore(stateDir: string, { host }: ChildSettings): SqliteStore {
	const { path } = openStateFolder(stateDir);
	const store = new SqliteStore(path, { bytes: withDefaults(host.limits).shared }, true);
	beginLife(store);
	return store;
}

async function sharedStore(url: string, bytes: number, host: () => Host | undefined): Promise<RedisStore> {
	await RedisStore.begin(url);
	return RedisStore.open(url, {
		limits: { bytes },
		onChange: (reachable, text) => host()?.log.log(reachable ? 'notice' : 'error', text),
	});
}

/** Serves from this process. What is shared lives in it too, unless it is to be kept. */
async function serveHere(options: ServerOptions): Promise<Server> {
	const { settings, listen, stateDir, log } = options;
	const trace = traceOptions(settings.trace, (text) => void process.stderr.write(text));
	const kept = stateDir === undefined ? undefined : keptStore(stateDir, settings);
	const { shared } = withDefaults(settings.host.limits);
	let running: Host | undefined;
	const store =
		settings.store === undefined ? kept : await sharedStore(settings.store, shared, () => running);
	const localStore = kept ?? (store && new MemoryStore({ bytes: shared }));
	const modules = await loadOwnModules(settings.modules);
	const host = await createHost({
		...settings.host,
		...(store && { store }),
		...(localStore && { localStore }),
		...trace,
		log,
		modules,
	});
	running = host;
	try {
		for (const endpoint of listen) await host.listen(endpoint);
		const refused = changeIdentity(settings.identity ?? {}, stateDir);
		if (refused) host.log.log('warning', refused);
	} catch (error) {
		await host.close();
		throw error;
	}
	return {
		engineName: host.engineName,
		get snapshot() {
			return host.snapshot;
		},
		addresses: host.addresses,
		reload: () => host.processes.reload(),
		async close() {
			await host.close();
			await store?.close();
		},
		answer: async (document) => answerJsonRpc(host, document),
		kill: () => {},
	};
}

/** Stops the host, as an administrator's SIGTERM does. */
const stop = () => void process.kill(process.pid, 'SIGTERM');

/** Serves from children of this process. */
async function serveFromChildren(options: ServerOptions): Promise<Server> {
	const { drain: drainTime, queue } = withDefaults(options.settings.host.limits);
	const supervisor = new Supervisor({ ...options, queue, drainTime, onStop: stop });
	try {
		await supervisor.start();
	} catch (error) {
		supervisor.kill();
		throw error;
	}
	return supervisor;
}
