/**
 * A host for one case of the corpus: what the runner passes as placeholders becomes flags of `kemihost run`, and the host
 * is one of the process that `hosts.ts` is. This one stands for it, writes its log and ends with it.
 *
 *     node target.ts SOCKET ENGINE SCRIPT PORT DEBUG MODPARAMS.json CASE.json
 *
 * For Kamailio's own language the script is the configuration that the runner writes.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Ask, Say } from './hosts.ts';

/** The part of a case that says how the host is set up. */
interface CaseSetup {
	callback?: string;
	cfgExtra?: string;
}

const [path = '', engine = '', script = '', port = '', debug = '', modparamsFile = '', caseFile = ''] =
	process.argv.slice(2);

/** What a script is told by flags; a configuration says it itself. */
function scriptFlags(): string[] {
	const modparams = JSON.parse(readFileSync(modparamsFile, 'utf8')) as [string, string, string | number][];
	const setup = JSON.parse(readFileSync(caseFile, 'utf8')) as CaseSetup;
	const defines = [...(setup.cfgExtra ?? '').matchAll(/^#!define (\w+)(?: (.*))?$/gm)];
	return [
		`--engine=${engine}`,
		`--listen=127.0.0.1:${port}`,
		`--log-level=${debug}`,
		...(setup.callback ? [`--event-callback=${setup.callback}`] : []),
		...modparams.map(
			([module, name, value]) =>
				`--modparam=${module}:${name}:${typeof value === 'number' ? 'i' : 's'}:${value}`,
		),
		...defines.map(([, name, value]) => `--define=${name}=${value ?? ''}`),
	];
}

const ask = (socket: Socket, message: Ask) => socket.write(`${JSON.stringify(message)}\n`);

const socket = connect(path);
process.once('SIGTERM', () => socket.end());
ask(socket, { kind: 'start', flags: ['run', script, ...(engine === 'native' ? [] : scriptFlags())] });
for await (const line of createInterface({ input: socket })) {
	const said = JSON.parse(line) as Say;
	if (said.kind === 'log') process.stderr.write(`${said.line}\n`);
	else if (said.kind === 'started') ask(socket, { kind: 'listen' });
	else {
		process.stderr.write(`${said.why}\n`);
		process.exitCode = 1;
		socket.end();
	}
}
