/**
 * A real Redis or Valkey server for tests, on a unix socket and a port of its own.
 *
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const PROGRAM = ['redis-server', 'valkey-server'].find(
	(name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

/** False, or why tests that need a server are skipped: the value of `skip`. */
export const noRedis: string | false =
	PROGRAM === undefined && 'neither redis-server nor valkey-server is installed';

const file = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
/** The certificates that sign and that the server shows. */
export const CA = file('ca.pem');
const TLS = [
	...['--tls-cert-file', file('server.pem'), '--tls-key-file', file('server.key')],
	...['--tls-ca-cert-file', CA, '--tls-auth-clients', 'no'],
];

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	server.close();
	await once(server, 'close');
	return port;
}

/** A server that ends with the test. */
export class RedisProcess {
	readonly folder = mkdtempSync(join(tmpdir(), 'kemihost-redis-'));
	readonly socket = join(this.folder, 'redis.sock');
	readonly more: readonly string[];
	port = 0;
	/** Where TLS is spoken, for a server that was started with `tls`. */
	tlsPort = 0;
	#process: ChildProcess | undefined;

	readonly tls: boolean;

	constructor(more: readonly string[], tls: boolean) {
		this.more = more;
		this.tls = tls;
	}

	/** Starts it, or starts it again at the same addresses. */
	async start(): Promise<void> {
		this.port ||= await freePort();
		const settings = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--unixsocket', this.socket];
		const nothingKept = ['--save', '', '--appendonly', 'no', '--dir', this.folder];
		if (this.tls) this.tlsPort ||= await freePort();
		const tls = this.tls ? ['--tls-port', `${this.tlsPort}`, ...TLS] : [];
		const child = spawn(PROGRAM as string, [...settings, ...nothingKept, ...tls, ...this.more], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		this.#process = child;
		let said = '';
		for await (const chunk of child.stdout) {
			said += chunk;
			if (said.includes('Ready to accept connections')) break;
		}
		if (!said.includes('Ready to accept')) throw new Error(`the server did not start: ${said}`);
		child.stdout.destroy();
	}

	/** Kills it. */
	async stop(): Promise<void> {
		const child = this.#process;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		child.kill('SIGKILL');
		await once(child, 'exit');
	}

	/** Stops it from answering, or lets it go on. */
	signal(name: 'SIGSTOP' | 'SIGCONT'): void {
		this.#process?.kill(name);
	}
}

/** Starts a server for a test. */
export async function redisFor(
	t: TestContext,
	more: readonly string[] = [],
	tls = false,
): Promise<RedisProcess> {
	const server = new RedisProcess(more, tls);
	t.after(async () => {
		await server.stop();
		rmSync(server.folder, { recursive: true, force: true });
	});
	await server.start();
	return server;
}
