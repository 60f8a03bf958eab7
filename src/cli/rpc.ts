/**
 * `kemihost rpc`: runs an administrative command in a running host, as kamcmd does in Kamailio.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { bytesOf, textOf } from '../bytes.ts';
import { KemihostError } from '../errors.ts';
import type { RpcValue } from '../kemi/rpc.ts';
import { askHost, isAlive, knownSockets } from '../rpc/control.ts';
import { printPlain } from '../rpc/print.ts';
import type { Command } from './command.ts';
import { EPILOGUE } from './usage.ts';

const OPTIONS = {
	control: {
		type: 'string',
		requiresArg: true,
		describe: "the host's control socket; without it the only host of this user that runs",
	},
	json: { type: 'boolean', default: false, describe: 'print the JSON-RPC answer as it comes' },
} as const satisfies Record<string, Options>;

type RpcArguments = InferredOptionTypes<typeof OPTIONS> & { name: string; args?: (string | number)[] };

/** A JSON-RPC answer, checked as far as it is used. */
interface Answer {
	readonly result?: RpcValue;
	readonly error?: { readonly code: number; readonly message: string };
}

function builder(yargs: Argv): Argv<RpcArguments> {
	return yargs
		.positional('name', { type: 'string', demandOption: true, describe: 'the command, htable.dump' })
		.positional('args', {
			array: true,
			type: 'string',
			describe:
				'its arguments: digits are a number, unless they begin with 0 or +; s:5 is a text and i:5 a number whatever they look like',
		})
		.options(OPTIONS)
		.example('$0 rpc system.listMethods', 'all commands')
		.example('$0 rpc core.uptime', 'how long the host has been running')
		.example('$0 rpc htable.sets users alice 1', 'set an item of a hash table')
		.example('$0 rpc app_lua.reload', 'reload the script in every child')
		.epilogue(EPILOGUE) as unknown as Argv<RpcArguments>;
}

/** An argument in kamcmd's notation. What a number would not give back, such as a telephone number's first 0, is a text. */
function argumentOf(given: string | number): string | number {
	const text = String(given);
	const [, type, value = ''] = /^([si]):(.*)$/s.exec(text) ?? [];
	if (type === 's') return value;
	if (type === 'i' || /^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(type === 'i' ? value : text);
	return text;
}

/** Milliseconds in which a host that has just been started is there to be asked; it answers once it serves. */
const STARTING = 2000;

/** After so many milliseconds whoever waits is told so. */
const PATIENCE = 5000;
const STILL_WAITING =
	'kemihost: the host has not answered yet: it still starts, or is busy; Ctrl+C gives up\n';

/** Asks until there is an answer, as long as a host may be starting. */
async function patiently<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
	const end = performance.now() + STARTING;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined || performance.now() > end) return answer;
		await sleep(50);
	}
}

/** The hosts of this user that nobody has given a path; undefined if there is none. */
async function runningHosts(): Promise<[only: string, ...others: string[]] | undefined> {
	const found: string[] = [];
	for (const path of knownSockets()) if (await isAlive(path)) found.push(path);
	const [only, ...others] = found;
	return only === undefined ? undefined : [only, ...others];
}

/** Asks the host that is meant. */
async function ask(control: string | undefined, document: string): Promise<string> {
	if (control !== undefined) {
		const answer = await patiently(() => askHost(control, document));
		if (answer !== undefined) return answer;
		throw new KemihostError('KH_RPC', `no host listens on ${control}`, {
			hint: 'is that what a running host was started with, as --control? without it hosts are found by themselves',
		});
	}
	const found = await patiently(runningHosts);
	if (!found)
		throw new KemihostError('KH_RPC', 'no host of this user runs, or none has a control socket', {
			hint: 'start one with `kemihost run`, or name its socket with --control',
		});
	const [only, ...others] = found;
	if (others.length > 0)
		throw new KemihostError('KH_RPC', `${found.length} hosts run`, {
			hint: `choose one: ${found.map((path) => `--control ${path}`).join(' or ')}`,
		});
	return (await askHost(only, document)) ?? '';
}

async function handler({ name, args = [], control, json }: RpcArguments): Promise<void> {
	const document = JSON.stringify({ jsonrpc: '2.0', method: name, params: args.map(argumentOf), id: 1 });
	const notice = setTimeout(() => process.stderr.write(STILL_WAITING), PATIENCE);
	const text = textOf(await ask(control, bytesOf(document)).finally(() => clearTimeout(notice)));
	let answer: Answer;
	try {
		answer = JSON.parse(text) as Answer;
	} catch {
		throw new KemihostError('KH_RPC', 'the host ended before it answered');
	}
	if (json) process.stdout.write(`${text}\n`);
	else if (answer.result !== undefined) process.stdout.write(printPlain(answer.result));
	if (!answer.error) return;
	const { code, message } = answer.error;
	throw new KemihostError('KH_RPC', `error: ${code} - ${message}`, {
		hint: message === 'Method Not Found' ? '`kemihost rpc system.listMethods` lists all commands' : undefined,
	});
}

/** The command. */
export const rpcCommand: Command<RpcArguments> = {
	options: OPTIONS,
	command: 'rpc <name> [args..]',
	describe: 'run a command in a running host',
	builder,
	handler,
};
