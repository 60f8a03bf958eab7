/**
 * Clients that send bytes as they are, and a strict reader of what comes back.
 *
 * @module
 */
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** How a connection ended: the server said so, or it was reset. */
export type Ending = 'ended' | 'reset';

/** A client that knows nothing of HTTP. */
export class RawClient {
	readonly socket: Socket;
	/** Everything that came, as a byte string. */
	received = '';
	/** How many bytes came. */
	count = 0;
	/** Bytes are counted and not kept. */
	quiet = false;
	/** Whether the server has ended the connection. */
	over = false;
	/** Settles when the server ends the connection. */
	readonly ending: Promise<Ending>;
	/** Settles when nothing goes either way any more. */
	readonly gone: Promise<void>;
	readonly #watchers = new Set<() => void>();

	constructor(socket: Socket) {
		this.socket = socket;
		socket.setEncoding('latin1').on('data', (chunk: string) => {
			this.count += chunk.length;
			if (!this.quiet) this.received += chunk;
			this.#wake();
		});
		this.ending = new Promise((resolve) => {
			socket.once('end', () => resolve('ended'));
			socket.once('error', () => resolve('reset'));
			socket.once('close', () => resolve('reset'));
		});
		this.gone = new Promise((resolve) => socket.once('close', () => resolve()));
		void this.ending.then(() => {
			this.over = true;
			this.#wake();
		});
	}

	/** Connects. */
	static async connect(port: number): Promise<RawClient> {
		const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
		await new Promise<void>((resolve, reject) => {
			socket.once('connect', resolve).once('error', reject);
		});
		return new RawClient(socket);
	}

	/** Connects; the socket goes with the test. */
	static async open(t: TestContext, port: number): Promise<RawClient> {
		const client = await RawClient.connect(port);
		t.after(() => client.socket.destroy());
		return client;
	}

	/** Sends bytes, of a byte string or a buffer. */
	send(bytes: string | Buffer): this {
		this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
		return this;
	}

	/** Sends no more; goes on reading. */
	half(): this {
		this.socket.end();
		return this;
	}

	/** Ends the connection by a reset. */
	reset(): void {
		this.socket.resetAndDestroy();
	}

	/** Settles once what came satisfies a condition; fails where the connection ends before. */
	until(condition: (received: string) => boolean, what = 'the condition'): Promise<string> {
		return new Promise((resolve, reject) => {
			const look = () => {
				if (condition(this.received)) resolve(this.received);
				else if (this.over) reject(new Error(`the connection ended before ${what}: ${this.received}`));
				else return;
				this.#watchers.delete(look);
			};
			this.#watchers.add(look);
			look();
		});
	}

	/** Settles with so many replies. */
	async replies(count: number): Promise<Reply[]> {
		const text = await this.until(
			(received) => readReplies(received).replies.length >= count,
			`${count} replies`,
		);
		return readReplies(text).replies;
	}

	/** Settles with all replies once the server has ended the connection. Fails where what came is no HTTP. */
	async all(): Promise<{ replies: Reply[]; ending: Ending }> {
		const ending = await this.ending;
		const { replies, rest } = readReplies(this.received);
		if (rest !== '') throw new Error(`bytes that are no reply: ${JSON.stringify(rest.slice(0, 200))}`);
		return { replies, ending };
	}

	#wake(): void {
		for (const watcher of [...this.#watchers]) watcher();
	}
}

/** One reply, read from the wire. */
export interface Reply {
	status: number;
	/** By their names in lower case. */
	headers: Map<string, string>;
	body: string;
	/** All of its bytes. */
	text: string;
}

const STATUS_LINE = /^HTTP\/1\.1 ([1-6]\d\d) [\t\x20-\x7e\x80-\xff]*$/;
const FIELD = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+): ([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Reads as many replies as came in whole. Replies to HEAD are not for this reader.
 * @throws Error if they are not well-formed
 */
function readReplies(text: string): { replies: Reply[]; rest: string } {
	const replies: Reply[] = [];
	let rest = text;
	for (;;) {
		const end = rest.indexOf('\r\n\r\n');
		if (end < 0) return { replies, rest };
		const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n');
		const status = Number(STATUS_LINE.exec(statusLine)?.[1]);
		if (!status) throw new Error(`no status line: ${JSON.stringify(statusLine)}`);
		const headers = new Map<string, string>();
		for (const line of lines) {
			const [, name, value] = FIELD.exec(line) ?? [];
			if (name === undefined) throw new Error(`no header line: ${JSON.stringify(line)}`);
			const key = name.toLowerCase();
			if (key === 'content-length' && headers.has(key)) throw new Error('Content-Length came twice');
			headers.set(key, value as string);
		}
		let length = 0;
		if (status >= 200) {
			const said = headers.get('content-length') ?? '';
			if (!/^\d+$/.test(said)) throw new Error(`no length: ${JSON.stringify(rest.slice(0, end))}`);
			length = Number(said);
		}
		const whole = end + 4 + length;
		if (rest.length < whole) return { replies, rest };
		if (status >= 200)
			replies.push({ status, headers, body: rest.slice(end + 4, whole), text: rest.slice(0, whole) });
		rest = rest.slice(whole);
	}
}

/** A well-formed request. */
export function requestFor(target: string, headers = '', body = ''): string {
	const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`;
	return `${body === '' ? 'GET' : 'POST'} ${target} HTTP/1.1\r\nHost: h\r\n${length}${headers}\r\n${body}`;
}
