/**
 * `kemihost run`: serves a script.
 *
 * @module
 */
import { dirname } from 'node:path';
import type { Argv, InferredOptionTypes } from 'yargs';
import type { ChildSettings } from '../children/messages.ts';
import { Supervisor } from '../children/supervisor.ts';
import { parseListen, urlOf } from '../config/listen.ts';
import { EXIT_CODES, KemihostError } from '../errors.ts';
import { createHost } from '../host.ts';
import type { ListenEndpoint } from '../http/request.ts';
import type { ModParam } from '../kemi/params.ts';
import { withDefaults } from '../limits.ts';
import { stderrSink } from '../log/formats.ts';
import { Logger, type LogSink } from '../log/logger.ts';
import { ControlServer, defaultControlPath } from '../rpc/control.ts';
import { answerJsonRpc, type RpcResponse } from '../rpc/json-rpc.ts';
import type { ScriptSnapshot } from '../script/folder.ts';
import { ScriptWatcher } from '../script/watcher.ts';
import { openStateFolder } from '../store/folder.ts';
import { beginLife } from '../store/once.ts';
import { SqliteStore } from '../store/sqlite.ts';
import { traceOptions } from '../trace/format.ts';
import type { Command } from './command.ts';
import { hostOptionsOf, SCRIPT_POSITIONAL } from './host-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS, SERVER_OPTIONS } from './options.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = { ...HOST_OPTIONS, ...SERVER_OPTIONS };

type RunArguments = InferredOptionTypes<typeof OPTIONS> & { script: string };

function builder(yargs: Argv): Argv<RunArguments> {
	return yargs
		.positional('script', SCRIPT_POSITIONAL)
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 run handler.lua', 'serve a Lua handler on http://127.0.0.1:8080/')
		.example(
			'$0 run handler.js --engine isolated-vm --listen :0',
			'serve a JavaScript handler with V8 on a free port',
		)
		.example('$0 run handler.lua --trace', 'with the KSR calls of each request')
		.example('$0 run handler.lua --url-match ^/sip/', 'let only some requests through')
		.epilogue(EPILOGUE) as unknown as Argv<RunArguments>;
}

/** What is served, by this process or by children of it. */
interface Server {
	readonly engineName: string;
	readonly snapshot: ScriptSnapshot;
	reload(): Promise<void>;
	close(): Promise<void>;
	/** Answers a JSON-RPC document; undefined where it is none. */
	answer(document: string): Promise<RpcResponse | undefined>;
	/** Ends everything at once. */
	kill(): void;
}

/** The flags that stand for parameters of modules. */
const PARAM_FLAGS = [
	{ flag: 'tls-cert', module: 'tls', name: 'certificate' },
	{ flag: 'tls-key', module: 'tls', name: 'private_key' },
	{ flag: 'tls-ca', module: 'tls', name: 'ca_list' },
	{ flag: 'tls-verify-client', module: 'tls', name: 'verify_client' },
	{ flag: 'health-path', module: 'kemihost', name: 'health_path' },
	{ flag: 'ready-path', module: 'kemihost', name: 'ready_path' },
	{ flag: 'metrics-path', module: 'kemihost', name: 'metrics_path' },
] as const;

function paramsOf(args: RunArguments): ModParam[] {
	return PARAM_FLAGS.flatMap(({ flag, module, name }) =>
		[args[flag] ?? []].flat().map((value) => ({ module, name, value, where: `--${flag}` })),
	);
}

function settingsOf(args: RunArguments): ChildSettings {
	const hostOptions = hostOptionsOf(args);
	return {
		host: {
			...hostOptions,
			modparams: [...paramsOf(args), ...(hostOptions.modparams ?? [])],
			...(args['access-log'] === undefined ? {} : { accessLog: args['access-log'] }),
			...(args['server-header'] === undefined ? {} : { serverHeader: args['server-header'] }),
		},
		logFormat: args['log-format'],
		trace: args.trace,
	};
}

function keptStore(stateDir: string, { host }: ChildSettings): SqliteStore {
	const { path } = openStateFolder(stateDir);
	const store = new SqliteStore(path, { bytes: withDefaults(host.limits).shared });
	beginLife(store);
	return store;
}

/** Serves from this process. What is shared lives in it too, unless it is to be kept. */
async function serveHere(
	settings: ChildSettings,
	listen: readonly ListenEndpoint[],
	stateDir: string | undefined,
	log: LogSink,
): Promise<{ server: Server; addresses: readonly ListenEndpoint[] }> {
	const trace = traceOptions(settings.trace, (text) => void process.stderr.write(text));
	const store = stateDir === undefined ? undefined : keptStore(stateDir, settings);
	const host = await createHost({ ...settings.host, ...(store && { store }), ...trace, log });
	try {
		for (const endpoint of listen) await host.listen(endpoint);
	} catch (error) {
		await host.close();
		throw error;
	}
	const server: Server = {
		engineName: host.engineName,
		get snapshot() {
			return host.snapshot;
		},
		reload: () => host.reload(),
		close: () => host.close(),
		answer: async (document) => answerJsonRpc(host, document),
		kill: () => {},
	};
	return { server, addresses: host.addresses };
}

/** Stops the host, as an administrator's SIGTERM does. */
const stop = () => void process.kill(process.pid, 'SIGTERM');

/** Serves from children of this process. */
async function serveFromChildren(
	settings: ChildSettings,
	listen: readonly ListenEndpoint[],
	children: number,
	stateDir: string | undefined,
	log: LogSink,
): Promise<{ server: Server; addresses: readonly ListenEndpoint[] }> {
	const { drain: drainTime, queue } = withDefaults(settings.host.limits);
	const supervisor = new Supervisor({
		children,
		settings,
		listen,
		queue,
		drainTime,
		stateDir,
		log,
		onStop: stop,
	});
	try {
		await supervisor.start();
	} catch (error) {
		supervisor.kill();
		throw error;
	}
	return { server: supervisor, addresses: supervisor.addresses };
}

async function handler(args: RunArguments): Promise<void> {
	const { children } = args;
	if (!Number.isInteger(children) || children < 0 || children > 1024)
		throw new KemihostError('KH_USAGE', '--children wants a whole number from 0 to 1024');
	const settings = settingsOf(args);
	const listen = args.listen.flatMap((text) => text.split(',')).map(parseListen);
	const sink = stderrSink(settings.logFormat);
	const log = new Logger(sink, settings.host.logLevel);
	const asked = untilSignal();
	const { server, addresses } =
		children === 0
			? await serveHere(settings, listen, args['state-dir'], sink)
			: await serveFromChildren(settings, listen, children, args['state-dir'], sink);
	const reload = () => void reloadAndSay(server, log);
	process.on('SIGHUP', reload);
	const watcher = args.watch
		? new ScriptWatcher(dirname(args.script), () => server.snapshot, reload)
		: undefined;
	const control = await openControl(args.control, server);
	for (const address of addresses)
		process.stdout.write(`kemihost serves ${args.script} (${server.engineName}) on ${urlOf(address)}\n`);
	await asked;
	log.log('notice', 'the host stops: it finishes what is in flight');
	watcher?.close();
	process.on('SIGINT', () => server.kill()).on('SIGTERM', () => server.kill());
	control?.close();
	await server.close();
}

/** Opens the control socket, unless it is not wanted. */
async function openControl(path: string | undefined, server: Server): Promise<ControlServer | undefined> {
	if (path === '-') return undefined;
	const answer = async (document: string) => (await server.answer(document))?.body ?? NO_JSON;
	return ControlServer.open(path ?? defaultControlPath(), answer);
}

/** For a document that is no JSON (JSON-RPC 2.0, 5.1). */
const NO_JSON = '{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}';

/** Loads the script anew. Where that fails the old one goes on, and the log says why. */
async function reloadAndSay(server: Server, log: Logger): Promise<void> {
	const started = performance.now();
	try {
		await server.reload();
		log.log('notice', `the script was loaded anew in ${Math.round(performance.now() - started)} ms`);
	} catch (error) {
		const text = error instanceof KemihostError ? error.describe() : String(error);
		log.log('error', `the script was not loaded anew, the old one goes on: ${text}`);
	}
}

/** Settles with the first SIGINT or SIGTERM. A second one ends the process at once. */
function untilSignal(): Promise<void> {
	return new Promise((resolve) => {
		let asked = false;
		const onSignal = () => {
			if (asked) process.exit(EXIT_CODES.failure.code);
			asked = true;
			resolve();
		};
		process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
	});
}

/** The command. */
export const runCommand: Command<RunArguments> = {
	options: { ...OPTIONS, ...LIMIT_OPTIONS },
	command: ['run <script>', '$0 <script>'],
	describe: 'serve a script',
	builder,
	handler,
};
