/**
 * `kemihost run`: serves a script, or what a kamailio.cfg says.
 *
 * @module
 */
import { dirname } from 'node:path';
import type { Argv } from 'yargs';
import { giveTo, type Identity, makeFolderOf } from '../children/privileges.ts';
import { coalesced } from '../coalesced.ts';
import { urlOf } from '../config/listen.ts';
import { EXIT_CODES, KemihostError } from '../errors.ts';
import { isCfg } from '../host/with-configuration.ts';
import { createHost } from '../host.ts';
import { outliveReaders, stderrSink } from '../log/formats.ts';
import { Logger } from '../log/logger.ts';
import { ControlServer, defaultControlPath } from '../rpc/control.ts';
import { loadOwnModules } from '../script/own-modules.ts';
import { ScriptWatcher } from '../source/watcher.ts';
import { readingOf } from './cfg-file.ts';
import type { Command } from './command.ts';
import { SCRIPT_POSITIONAL } from './host-options.ts';
import { ACCEPTED_OPTIONS, KAMAILIO_OPTIONS } from './kamailio-options.ts';
import { HOST_OPTIONS, LIMIT_OPTIONS, SERVER_OPTIONS } from './options.ts';
import { openPidFile } from './pid-file.ts';
import { needsRestart, type Plan, planOf, type RunArguments } from './plan.ts';
import { type Server, serve } from './server.ts';
import { feedSystemdWatchdog, notifySystemd } from './systemd.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = { ...HOST_OPTIONS, ...SERVER_OPTIONS, ...KAMAILIO_OPTIONS, ...ACCEPTED_OPTIONS };

function builder(yargs: Argv): Argv<RunArguments> {
	return yargs
		.positional('script', { ...SCRIPT_POSITIONAL, demandOption: false })
		.options(OPTIONS)
		.options(LIMIT_OPTIONS)
		.example('$0 run handler.lua', 'serve a Lua handler on http://127.0.0.1:8080/')
		.example(
			'$0 run handler.js --engine isolated-vm --listen :0',
			'serve a JavaScript handler with V8 on a free port',
		)
		.example('$0 run handler.lua --trace', 'with the KSR calls of each request')
		.example('$0 run handler.lua --url-match ^/sip/', 'let only some requests through')
		.example('$0 -f kamailio.cfg', 'serve what a kamailio.cfg says')
		.example('$0 -c -f kamailio.cfg', 'check it')
		.epilogue(EPILOGUE) as unknown as Argv<RunArguments>;
}

async function handler(args: RunArguments): Promise<void> {
	if (args['cfg-print']) return printCfg(args);
	const plan = await planOf(args);
	if (plan.workdir !== undefined) enter(plan.workdir);
	if (args.c) return check(plan);
	outliveReaders();
	const sink = stderrSink(plan.settings.logFormat);
	const log = new Logger(sink, plan.settings.host.logLevel);
	for (const note of plan.notes) log.log('debug', note);
	if (plan.servesNothing)
		log.log('warning', `${plan.file} does not load xhttp: no request will find what answers it`);
	const asked = untilSignal();
	const { settings, listen, children, stateDir } = plan;
	const { identity = {} } = settings;
	const writePid = plan.pidFile === undefined ? undefined : openPidFile(plan.pidFile, identity);
	const started = Promise.withResolvers<Server>();
	// the socket that nobody has given a path is in a folder of the user that this process is going to be
	const late = args.control === undefined && identity.user !== undefined;
	const early = late ? undefined : await openControl(args.control, started.promise, identity);
	const server = await serve({ settings, listen, children, stateDir, log: sink }).catch((error: unknown) => {
		started.reject(error);
		early?.close();
		throw error;
	});
	started.resolve(server);
	writePid?.();
	const reloadOnce = coalesced(() => reloadAndSay(server, args, plan, log));
	const reload = () => void reloadOnce();
	process.on('SIGHUP', reload);
	const watcher = args.watch
		? new ScriptWatcher(dirname(settings.host.script), () => server.snapshot, reload)
		: undefined;
	const control = late
		? await openControl(args.control, started.promise, identity).catch(async (error: unknown) => {
				await server.close();
				throw error;
			})
		: early;
	for (const address of server.addresses)
		process.stdout.write(`kemihost serves ${plan.file} (${server.engineName}) on ${urlOf(address)}\n`);
	notifySystemd('READY=1');
	feedSystemdWatchdog(() => server.answer(ALIVE));
	await asked;
	notifySystemd('STOPPING=1');
	log.log('notice', 'the host stops: it finishes what is in flight');
	watcher?.close();
	process.on('SIGINT', () => server.kill()).on('SIGTERM', () => server.kill());
	control?.close();
	await server.close();
}

/** `--cfg-print`. */
async function printCfg(args: RunArguments): Promise<void> {
	const file = args.script ?? args.f;
	if (file === undefined || !isCfg(file))
		throw new KemihostError('KH_USAGE', '--cfg-print wants a kamailio.cfg', {
			hint: 'kemihost -f kamailio.cfg --cfg-print',
		});
	const { printConfig } = await import('../config/kamailio/read.ts');
	process.stdout.write(Buffer.from(printConfig(file, readingOf(args)), 'latin1'));
}

/** `-c`: all that a start does but for listening and serving. */
async function check({ settings, file, notes }: Plan): Promise<void> {
	const sink = stderrSink(settings.logFormat);
	const log = new Logger(sink, settings.host.logLevel);
	for (const note of notes) log.log('debug', note);
	const host = await createHost({
		...settings.host,
		ephemeral: true,
		log: sink,
		modules: await loadOwnModules(settings.modules),
	});
	await host.close();
	process.stdout.write(`${file} is good\n`);
}

function enter(folder: string): void {
	try {
		process.chdir(folder);
	} catch (error) {
		throw new KemihostError('KH_USAGE', `cannot work in ${folder}: ${(error as Error).message}`);
	}
}

/**
 * Opens the control socket, unless it is not wanted.
 * @param server is there once the host serves; who asks before then waits for it
 * @param identity who the socket is to belong to
 */
async function openControl(
	path: string | undefined,
	server: Promise<Server>,
	identity: Identity,
): Promise<ControlServer | undefined> {
	// who has asked is told by the end of the connection
	server.catch(() => {});
	if (path === '-') return undefined;
	if (path !== undefined) makeFolderOf(path, identity);
	const answer = async (document: string) => (await (await server).answer(document))?.body ?? NO_JSON;
	const control = await ControlServer.open(path ?? defaultControlPath(), answer);
	giveTo(identity, control.path);
	return control;
}

/** What a host that lives can answer. */
const ALIVE = '{"jsonrpc":"2.0","method":"core.version","id":1}';

/** For a document that is no JSON (JSON-RPC 2.0, 5.1). */
const NO_JSON = '{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}';

/** Reloads the script. If that fails, the old one stays in use, and the log says why. */
async function reloadAndSay(server: Server, args: RunArguments, plan: Plan, log: Logger): Promise<void> {
	const started = performance.now();
	notifySystemd('RELOADING=1');
	try {
		if (isCfg(plan.file)) sayWhatWaits(plan, await planOf(args), log);
		await server.reload();
		log.log('notice', `the script was reloaded in ${Math.round(performance.now() - started)} ms`);
	} catch (error) {
		const text = error instanceof KemihostError ? error.describe() : String(error);
		log.log('error', `the script was not reloaded, the old one stays in use: ${text}`);
	}
	notifySystemd('READY=1');
}

/** A reload changes routes and scripts. What else has changed in the file is named. */
function sayWhatWaits(before: Plan, after: Plan, log: Logger): void {
	const changed = needsRestart(before, after);
	if (changed.length > 0)
		log.log('warning', `changed in ${after.file}, and needs a restart: ${changed.join(', ')}`);
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
	command: ['run [script]', '$0 [script]'],
	describe: 'serve a script, or what a kamailio.cfg says',
	builder,
	handler,
};
