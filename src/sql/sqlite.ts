/**
 * SQLite, in a process of its own for each connection: a statement there blocks nobody, and one that does not end
 * can be stopped, which would be impossible in a thread of this process.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type SqlConnection, SqlError, type SqlLimits, type SqlResult } from './sql.ts';
import type { SqliteAnswer, SqliteQuestion } from './sqlite-process.ts';

const ENDING = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const PROGRAM = fileURLToPath(new URL(`./sqlite-process.${ENDING}`, import.meta.url));

/** Opens a file, which is made where there is none. */
export async function connectSqlite(file: string): Promise<SqlConnection> {
	const connection = new SqliteConnection(file);
	await connection.opened;
	return connection;
}

interface Pending {
	resolve(result: SqlResult): void;
	reject(error: SqlError): void;
}

class SqliteConnection implements SqlConnection {
	readonly opened: Promise<unknown>;
	readonly #process: ChildProcess;
	#pending: Pending | undefined;
	alive = true;
	inTransaction = false;

	constructor(file: string) {
		this.#process = fork(PROGRAM, [file], {
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		// neither the process nor the way to it keeps this one alive
		this.#process.unref();
		this.#process.channel?.unref();
		this.#process.on('message', (answer: SqliteAnswer) => this.#settle(answer));
		this.#process.on('error', (error) => this.#lost(error.message));
		this.#process.on('exit', () => this.#lost('the process of the database has ended'));
		this.opened = this.#ask();
	}

	query(text: string, params: readonly (string | null)[], limits: SqlLimits): Promise<SqlResult> {
		if (!this.alive) return Promise.reject(new SqlError('the connection has ended'));
		const answer = this.#ask();
		const question: SqliteQuestion = { text, params, limits };
		this.#process.send(question, () => {}); // where it cannot be sent, the process has ended
		return answer;
	}

	cancel(): void {
		this.#lost('the statement was ended');
	}

	async close(): Promise<void> {
		this.#lost('the connection was closed');
	}

	#ask(): Promise<SqlResult> {
		this.#process.channel?.ref();
		return new Promise((resolve, reject) => {
			this.#pending = { resolve, reject };
		});
	}

	#settle(answer: SqliteAnswer): void {
		this.#process.channel?.unref();
		const pending = this.#pending;
		this.#pending = undefined;
		this.inTransaction = answer.inTransaction;
		if ('error' in answer) pending?.reject(new SqlError(answer.error));
		else pending?.resolve(answer.result);
	}

	#lost(why: string): void {
		this.alive = false;
		this.#process.kill('SIGKILL');
		this.#pending?.reject(new SqlError(why));
		this.#pending = undefined;
	}
}
