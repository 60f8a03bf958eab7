/**
 * What 500 clients get whose handlers wait 50 ms for another server, from kemihost with each engine and from its peers; and what
 * a handler that waits for nothing takes while 500 others wait.
 *
 * `node bench/waiting/run.ts [NAME…]`; needs wrk. Peers that are not installed are left out.
 *
 * @module
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ENGINES } from '../../engines/list.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SECONDS = 4;
const CLIENTS = 500;
const DELAY = 50;
const FILES = { lua: 'handler.lua', javascript: 'handler.js', native: 'handler.cfg' } as const;

const run = promisify(execFile);

interface Place {
	readonly port: number;
	readonly folder: string;
	readonly upstream: string;
}

/** Each server's command line. */
const SERVERS: Record<string, (place: Place) => string[]> = {};

for (const { name, language } of ENGINES)
	SERVERS[`kemihost ${name}`] = ({ port, upstream }) => [
		process.execPath,
		...[join(HERE, '../../bin/kemihost.js'), 'run', join(HERE, FILES[language as keyof typeof FILES])],
		...[
			`--engine=${name}`,
			`--listen=127.0.0.1:${port}`,
			'--log-level=error',
			`--define=UPSTREAM=${upstream}`,
		],
		...(language === 'native' ? [] : ['--modparam=http_client:keep_connections:i:1']),
	];
for (const workers of [2, 8])
	SERVERS[`Kamailio Lua, ${workers} workers`] = (place) => [
		...['kamailio', '-f', fill('kamailio.cfg', place, { WORKERS: String(workers) })],
		...['-w', place.folder, '-Y', place.folder, '-m', '64', '-M', '8', '-DD', '-E'],
	];
SERVERS['nginx Lua, 2 workers'] = (place) => [
	'nginx',
	'-e',
	'stderr',
	'-p',
	place.folder,
	'-c',
	fill('nginx.conf', place),
];
SERVERS['HAProxy Lua, 2 threads'] = (place) => ['haproxy', '-f', fill('haproxy.cfg', place)];

/** A configuration with its places filled in. */
function fill(name: string, { port, folder, upstream }: Place, more: Record<string, string> = {}): string {
	const places: Record<string, string> = {
		PORT: String(port),
		FOLDER: folder,
		UPSTREAM: upstream,
		UPSTREAMHOST: new URL(upstream).host,
		...more,
	};
	const path = join(folder, name);
	// Kamailio gives $def() the quotes as well
	const handler = join(folder, FILES.lua);
	writeFileSync(
		handler,
		readFileSync(handler, 'utf8').replace('KSR.pv.get("$def(UPSTREAM)")', `"${upstream}"`),
	);
	writeFileSync(
		path,
		readFileSync(path, 'utf8').replace(/@([A-Z]+)@/g, (_, place: string) => places[place] ?? ''),
	);
	return path;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

async function untilItListens(port: number): Promise<void> {
	for (let tries = 0; tries < 400; tries++) {
		const socket = connect(port, '127.0.0.1');
		const listens = await new Promise((resolve) => {
			socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		});
		socket.destroy();
		if (listens) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error('it does not listen');
}

/** Requests in a second, the 99th percentile, and answers that were none. */
async function load(port: number, path: string, clients: number): Promise<string[]> {
	const args = [
		'-t1',
		`-c${clients}`,
		`-d${SECONDS}`,
		'--timeout',
		'30s',
		'--latency',
		`http://127.0.0.1:${port}${path}`,
	];
	const { stdout } = await run('wrk', args);
	const find = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? '0';
	const bad = Number(find(/Non-2xx or 3xx responses: (\d+)/));
	return [find(/Requests\/sec: +(\S+)/), find(/99% +(\S+)/), String(bad)];
}

const upstreamProcess = spawn(
	process.execPath,
	[
		'-e',
		`require("node:http").createServer((q, r) => setTimeout(() => r.end("an answer"), ${DELAY}))
			.listen(0, "127.0.0.1", function () { console.log(this.address().port); })`,
	],
	{ stdio: ['ignore', 'pipe', 'inherit'] },
);
const [upstreamPort] = await once(upstreamProcess.stdout, 'data');
const upstream = `http://127.0.0.1:${String(upstreamPort).trim()}/`;
const wanted = process.argv.slice(2);

console.log(
	'| server | waiting: requests/s | p99 | not 200 | plain meanwhile: requests/s | p99 | plain alone: p99 |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const [name, commandOf] of Object.entries(SERVERS)) {
	if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-bench-'));
	cpSync(HERE, folder, { recursive: true });
	const port = await freePort();
	const [program = '', ...args] = commandOf({ port, folder, upstream });
	if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) continue;
	const server = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
	const ended = once(server, 'close');
	try {
		await untilItListens(port);
		await load(port, '/', 16);
		const alone = await load(port, '/plain', 4);
		const waiting = await load(port, '/', CLIENTS);
		const [, plain] = await Promise.all([load(port, '/', CLIENTS), load(port, '/plain', 4)]);
		console.log(`| ${name} | ${[...waiting, plain[0], plain[1], alone[1]].join(' | ')} |`);
	} catch (error) {
		console.log(`| ${name} | ${(error as Error).message} |`);
	} finally {
		server.kill('SIGTERM');
		const late = setTimeout(() => server.kill('SIGKILL'), 4000);
		await ended;
		clearTimeout(late);
		rmSync(folder, { recursive: true, force: true });
	}
}
upstreamProcess.kill();
