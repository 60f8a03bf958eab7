/**
 * Database servers for tests: real ones, in a folder of their own, which go with the test.
 *
 * @module
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { folderWith } from './host.ts';

/** Servers refuse to run as root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A SQLite database that statements make. It goes with the test. */
export function sqliteWith(
	t: TestContext,
	statements: string,
): { url: string; exec(statements: string): void } {
	const file = join(folderWith(t, {}), 'tables.db');
	const exec = (text: string) => {
		const db = new DatabaseSync(file);
		db.exec(text);
		db.close();
	};
	exec(statements);
	return { url: `sqlite://${file}`, exec };
}

/** A server that listens. */
export interface DatabaseServer {
	/** As in `modparam("sqlops", "sqlcon", "cb=>URL")`. */
	readonly url: string;
	readonly process: ChildProcess;
	/** Ends it and starts it again, with the same data. */
	restart(): Promise<void>;
}

function program(name: string, folders: readonly string[] = []): string | undefined {
	const path = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', ...folders];
	return path.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

const postgresFolders = existsSync('/usr/lib/postgresql')
	? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
	: [];

/** Why a test of PostgreSQL is skipped; false if its programs are there. */
export const postgresMissing = program('initdb', postgresFolders) ? false : 'PostgreSQL is not installed';
/** Why a test of MySQL is skipped; false if MariaDB's programs are there. */
export const mariadbMissing = program('mariadb-install-db') ? false : 'MariaDB is not installed';

function ownFolder(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-db-'));
	t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
	if (NOBODY.uid !== undefined) chownSync(folder, NOBODY.uid, NOBODY.gid);
	chmodSync(folder, 0o700);
	return folder;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	server.close();
	await once(server, 'close');
	return port;
}

/** Starts a server and waits until it says that it is ready. */
async function serve(
	t: TestContext,
	command: readonly string[],
	ready: RegExp,
): Promise<Omit<DatabaseServer, 'url'>> {
	const start = async () => {
		const [file = '', ...args] = command;
		const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], ...NOBODY });
		const said: string[] = [];
		for await (const line of createInterface(child.stderr)) {
			said.push(line);
			if (ready.test(line)) {
				child.stderr.resume();
				return child;
			}
		}
		throw new Error(`${file} did not start:\n${said.join('\n')}`);
	};
	const end = async (child: ChildProcess) => {
		if (child.exitCode !== null || child.signalCode !== null) return;
		child.kill('SIGKILL');
		await once(child, 'exit');
	};
	let child = await start();
	t.after(() => end(child));
	return {
		get process() {
			return child;
		},
		async restart() {
			await end(child);
			child = await start();
		},
	};
}

/** A PostgreSQL with a database `test` of the user `tester`. */
export async function startPostgres(t: TestContext): Promise<DatabaseServer> {
	const folder = join(ownFolder(t), 'data');
	const init = program('initdb', postgresFolders) as string;
	await promisify(execFile)(
		init,
		['-D', folder, '-U', 'tester', '--auth=trust', '--no-sync', '-E', 'UTF8'],
		NOBODY,
	);
	const port = await freePort();
	const server = await serve(
		t,
		[
			program('postgres', postgresFolders) as string,
			...['-D', folder, '-k', folder, '-p', String(port), '-F'],
			...['-c', 'listen_addresses=127.0.0.1'],
		],
		/ready to accept connections/,
	);
	return { url: `postgres://tester:secret@127.0.0.1:${port}/postgres`, ...server };
}

/** A MariaDB with a database `test` of the user `tester`, whose password is `se:cr@t`. */
export async function startMariadb(t: TestContext, options: readonly string[] = []): Promise<DatabaseServer> {
	const folder = ownFolder(t);
	const data = join(folder, 'data');
	const install = program('mariadb-install-db') as string;
	await promisify(execFile)(install, ['--no-defaults', `--datadir=${data}`, '--skip-test-db'], NOBODY);
	const init = join(folder, 'init.sql');
	writeFileSync(
		init,
		"create database if not exists test;\ncreate user if not exists tester identified by 'se:cr@t';\ngrant all on test.* to tester;\n",
	);
	const port = await freePort();
	const server = await serve(
		t,
		[
			program('mariadbd') as string,
			...['--no-defaults', `--datadir=${data}`, `--socket=${join(folder, 'socket')}`, `--init-file=${init}`],
			...[
				`--port=${port}`,
				'--bind-address=127.0.0.1',
				'--skip-name-resolve',
				'--innodb-flush-log-at-trx-commit=0',
				...options,
			],
		],
		/ready for connections/,
	);
	return { url: `mysql://tester:se:cr@t@127.0.0.1:${port}/test`, ...server };
}
