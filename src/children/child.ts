/**
 * A child process: one host with one engine, told what to do by the primary (`supervisor.ts`).
 *
 * @module
 */
import type { Socket } from 'node:net';
import { KemihostError } from '../errors.ts';
import { createHost, type Host } from '../host.ts';
import type { ListenEndpoint } from '../http/request.ts';
import { withDefaults } from '../limits.ts';
import { outliveReaders, stderrSink } from '../log/formats.ts';
import { answerJsonRpc } from '../rpc/json-rpc.ts';
import { loadOwnModules } from '../script/own-modules.ts';
import type { PreparedScript } from '../script/running-script.ts';
import type { ScriptSnapshot } from '../source/folder.ts';
import { type HostStores, openHostStores } from '../store/open.ts';
import { traceOptions } from '../trace/format.ts';
import { ChildProcesses } from './child-processes.ts';
import type { ChildQuery, ToChild, ToPrimary } from './messages.ts';
import { changeIdentity, type Identity } from './privileges.ts';
import { answerQuery } from './queries.ts';
import { toSent } from './sent-error.ts';
import { Watchdog } from './watchdog.ts';

const tell = (message: ToPrimary) => process.send?.(message);

const processes = new ChildProcesses(tell);

let host: Host | undefined;
let stores: HostStores | undefined;
let prepared: PreparedScript | undefined;
let identity: Identity = {};
/** The addresses that the primary listens on; the first child is there before them. */
const known: ListenEndpoint[] = [];

async function start({
	index,
	settings,
	stateFolder,
	alone,
	home,
	addresses,
	snapshot,
}: Extract<ToChild, { type: 'start' }>): Promise<void> {
	try {
		const log = stderrSink(settings.logFormat, index);
		const watchdog = new Watchdog({ index, logFormat: settings.logFormat, limits: settings.host.limits });
		const trace = traceOptions(settings.trace, (text) => void process.stderr.write(text));
		watchdog.start();
		stores = await openHostStores({
			folder: stateFolder,
			alone,
			url: settings.store,
			home,
			limits: { bytes: withDefaults(settings.host.limits).shared },
			log: (level, text) => host?.log.log(level, text),
		});
		known.push(...addresses);
		identity = settings.identity ?? {};
		if (addresses.length > 0) changeIdentity(identity);
		const options = {
			...settings.host,
			...trace,
			log,
			guard: watchdog,
			addresses: known,
			childIndex: index,
			...stores,
			processes,
			modules: await loadOwnModules(settings.modules, watchdog),
		};
		host = await createHost(snapshot ? { ...options, snapshot } : options);
		tell({ type: 'ready', engine: host.engineName, snapshot: host.snapshot });
	} catch (error) {
		tell({ type: 'failed', error: toSent(error) });
		process.disconnect();
	}
}

/** The primary got the connection paused, so that nothing of it was read there. */
function accept(socket: Socket, secure: boolean): void {
	host?.accept(socket, secure);
	if (secure) socket.resume();
}

async function prepare(snapshot: ScriptSnapshot | undefined): Promise<void> {
	try {
		prepared = await host?.prepare(snapshot);
		if (prepared) tell({ type: 'prepared', snapshot: prepared.snapshot });
	} catch (error) {
		tell({ type: 'refused', error: toSent(error) });
	}
}

/** Does what the primary asks. */
function work(query: ChildQuery): unknown {
	if (!host) throw new KemihostError('KH_CHILD', 'the child is not ready');
	if (query.kind === 'command') return host.rpc.runHere(host, query.command, query.args);
	return answerJsonRpc(host, query.document);
}

async function drain(patience: number): Promise<void> {
	await host?.close(patience);
	// without --store the two are one
	if (stores) for (const store of new Set([stores.store, stores.localStore])) await store.close();
	process.disconnect();
}

process.on('message', (message: ToChild, socket: Socket | undefined) => {
	switch (message.type) {
		case 'connection':
			tell({ type: 'accepted' });
			// a client that has gone meanwhile leaves no socket
			if (socket) accept(socket, message.secure);
			return;
		case 'listening':
			known.push(...message.addresses);
			changeIdentity(identity);
			return;
		case 'start':
			return void start(message);
		case 'prepare':
			return void prepare(message.snapshot);
		case 'commit':
			prepared?.commit();
			prepared = undefined;
			return;
		case 'discard':
			prepared?.discard();
			prepared = undefined;
			return;
		case 'drain':
			return void drain(message.patience);
		case 'processes':
			return processes.update(message.list);
		case 'query':
			return void answerQuery(message, work, tell);
		default:
			return processes.settle(message);
	}
});

outliveReaders();
tell({ type: 'loaded' });

// The terminal sends Ctrl-C to all processes; only the primary decides.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('SIGHUP', () => {});
// A child without a primary has nobody to answer for.
process.once('disconnect', () => process.exit());
