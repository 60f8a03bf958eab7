/**
 * The thread that runs the script being debugged: a host, and its debuggee.
 *
 * @module
 */
import { type MessagePort, workerData } from 'node:worker_threads';
import { textOf } from '../bytes.ts';
import type { ChildSettings } from '../children/messages.ts';
import { urlOf } from '../config/listen.ts';
import { KemihostError } from '../errors.ts';
import { createHost } from '../host.ts';
import type { ListenEndpoint } from '../http/request.ts';
import type { LogRecord } from '../log/logger.ts';
import { loadOwnModules } from '../script/own-modules.ts';
import { Channel } from './channel.ts';
import { Debuggee } from './debuggee.ts';

/** What the thread is given. */
export interface WorkerOptions {
	readonly settings: ChildSettings;
	readonly listen: readonly ListenEndpoint[];
	readonly port: MessagePort;
	/** `sharedCount` of the channel. */
	readonly count: Int32Array;
}

/** A script that stands still takes its time: these limits hold only where somebody asks for them. */
const PATIENCE = { cpu: 86_400_000, time: 86_400_000 };

const { settings, listen, port, count } = workerData as WorkerOptions;

const channel = new Channel(port, count, (question) => {
	if (question.ask !== 'start') return debuggee.whileRunning(question);
	start().then(
		(text) => channel.answer(question, text),
		(error: unknown) =>
			channel.refuse(question, error instanceof KemihostError ? textOf(error.describe()) : String(error)),
	);
});
const debuggee = new Debuggee(channel);

/** Loads the script and serves it. Gives the line that says where. */
async function start(): Promise<string> {
	const { host: options } = settings;
	const modules = await loadOwnModules(settings.modules);
	const host = await createHost({
		...options,
		limits: { ...PATIENCE, ...options.limits },
		...debuggee.options(options.script),
		modules: [...modules, debuggee.module],
		log: say,
	});
	debuggee.loaded();
	for (const endpoint of listen) await host.listen(endpoint);
	return `kemihost debugs ${options.script} (${host.engineName}) on ${host.addresses.map(urlOf).join(', ')}`;
}

function say({ level, origin, text }: LogRecord): void {
	channel.say({ kind: 'output', category: 'stdout', text: `${level} ${origin}: ${textOf(text)}\n` });
}
