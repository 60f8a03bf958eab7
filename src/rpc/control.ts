/**
 * The control socket: a local socket by which `kemihost rpc` reaches a running host. A client sends one JSON-RPC document
 * and ends its side; it gets the answer, and the connection ends. Only the user who runs the host may open it.
 *
 * @module
 */
import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { KemihostError } from '../errors.ts';

/** The largest document that is read, in bytes. */
const MOST_BYTES = 1 << 20;
/** Milliseconds that a client has to send it. */
const TIME = 10_000;

/** The folder of the sockets that nobody has given a path: one of the user's own. */
function controlFolder(): string {
	return join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `kemihost-${userInfo().uid}`);
}

/** The path where nothing else is said: by the process. */
export const defaultControlPath = (): string => join(controlFolder(), `${process.pid}.sock`);

/** Makes the folder, and sees to it that it is the user's alone. */
function makeFolder(folder: string): void {
	if (folder !== controlFolder()) return;
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const { uid, mode } = lstatSync(folder);
	if (uid !== userInfo().uid || (mode & 0o077) !== 0)
		throw new KemihostError(
			'KH_LISTEN',
			`the folder ${folder} belongs to somebody else or is open to others`,
			{
				hint: 'remove it, or choose another path with --control',
			},
		);
}

/** Reads a document until its sender ends, within the limits. */
function readDocument(socket: Socket): Promise<string> {
	return new Promise((resolve, reject) => {
		const pieces: Buffer[] = [];
		let size = 0;
		socket.setTimeout(TIME, () => socket.destroy(new Error('it took too long')));
		socket.on('data', (piece: Buffer) => {
			size += piece.length;
			if (size > MOST_BYTES) socket.destroy(new Error(`the document is larger than ${MOST_BYTES} bytes`));
			pieces.push(piece);
		});
		socket.once('end', () => {
			socket.setTimeout(0);
			resolve(Buffer.concat(pieces).toString('latin1'));
		});
		socket.once('error', reject);
		socket.once('close', () => reject(new Error('the client has gone')));
	});
}

/** The host's side. */
export class ControlServer {
	readonly #server: Server;
	readonly path: string;

	private constructor(path: string, server: Server) {
		this.path = path;
		this.#server = server;
	}

	/**
	 * Listens.
	 * @param answer gives the answer to a document; both are byte strings
	 * @throws KemihostError `KH_LISTEN`
	 */
	static async open(path: string, answer: (document: string) => Promise<string>): Promise<ControlServer> {
		makeFolder(dirname(path));
		await removeStale(path);
		const server = createServer({ allowHalfOpen: true }, (socket) => {
			readDocument(socket)
				.then(answer)
				.then((text) => socket.end(text, 'latin1'))
				.catch(() => socket.destroy());
		});
		await new Promise<void>((resolve, reject) => {
			server.once('error', (cause: NodeJS.ErrnoException) =>
				reject(
					new KemihostError('KH_LISTEN', `cannot listen on ${path} (${cause.code})`, {
						hint:
							cause.code === 'EADDRINUSE'
								? 'another host has it; choose another path with --control'
								: undefined,
						cause,
					}),
				),
			);
			server.listen(path, resolve);
		});
		chmodSync(path, 0o600);
		server.on('error', () => {});
		server.unref();
		return new ControlServer(path, server);
	}

	/** Stops listening, and removes the socket. */
	close(): void {
		this.#server.close();
		try {
			rmSync(this.path, { force: true });
		} catch {
			// in a folder of root, which this process is no more: the next host removes it
		}
	}
}

/** Removes what a host left that could not clean up: its process number, and so its path, may come again. */
async function removeStale(path: string): Promise<void> {
	if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) return;
	if (!(await isAlive(path))) rmSync(path, { force: true });
}

/** What a connection comes to where no host is behind a path. */
const isNobody = ({ code }: NodeJS.ErrnoException): boolean => code === 'ECONNREFUSED' || code === 'ENOENT';

/** True where a host is behind a path, even one that is too busy to answer, or still starts. */
export function isAlive(path: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(path);
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', (error) => resolve(!isNobody(error)));
	});
}

/**
 * Sends a document to a host.
 * @returns its answer, a byte string; undefined if no host is behind that path
 * @throws KemihostError `KH_RPC` if it cannot be asked
 */
export function askHost(path: string, document: string): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const socket = connect(path);
		let answer = '';
		socket.setEncoding('latin1');
		socket.once('connect', () => socket.end(document, 'latin1'));
		socket.on('data', (piece: string) => {
			answer += piece;
		});
		socket.once('end', () => resolve(answer));
		socket.once('error', (error: NodeJS.ErrnoException) => {
			if (isNobody(error)) resolve(undefined);
			else reject(notAsked(path, error));
		});
	});
}

function notAsked(path: string, cause: NodeJS.ErrnoException): KemihostError {
	return new KemihostError('KH_RPC', `the host at ${path} cannot be asked (${cause.code})`, {
		hint: cause.code === 'EACCES' ? 'only root and the user that the host runs as may ask it' : undefined,
		cause,
	});
}

/** The sockets of hosts that nobody has given a path; some may be left over. */
export function knownSockets(): string[] {
	try {
		return readdirSync(controlFolder())
			.filter((name) => name.endsWith('.sock'))
			.map((name) => join(controlFolder(), name));
	} catch {
		return [];
	}
}
