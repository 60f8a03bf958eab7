/**
 * Sockets whose bytes are read into memory that is always the same.
 *
 * Node takes 64 KiB for each read, gives back what was not needed, and hands the rest through its streams: a tenth of what a short request
 * costs. It can read into memory of the program's own as well, but only where it makes the socket with it (`onread`), which
 * servers do not. So a socket is made anew around the handle of the one that came in. The handle is Node's own affair; where it
 * is not what it was, the socket is used as it came.
 *
 * @module
 */
import { Socket, type SocketConstructorOpts } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Where all reads go, of all sockets: one ends before the next begins. */
const MEMORY = Buffer.allocUnsafeSlow(1 << 16);

/** What is used of Node's handle. */
interface Handle {
	reading?: boolean;
	readStop(): void;
	useUserBuffer(buffer: Uint8Array): void;
}

/** A socket that lends its bytes out. */
export class DirectSocket extends Socket {
	/**
	 * Takes what was read; the bytes are there until it returns. Without it they come as they come from any stream.
	 */
	onBytes: ((lent: Buffer) => void) | undefined;

	private constructor(handle: Handle) {
		super({
			handle,
			allowHalfOpen: true,
			readable: true,
			writable: true,
			onread: { buffer: MEMORY, callback: (length: number) => this.#take(length) },
		} as unknown as SocketConstructorOpts);
	}

	/**
	 * Takes the place of a socket that has just come in, of which nothing was read. Undefined where that is not possible.
	 * @param given not to be used afterwards; it is closed together with the new one
	 */
	static insteadOf(given: Socket): DirectSocket | undefined {
		const holder = given as { _handle?: Handle | null };
		const handle = holder._handle;
		if (typeof handle?.useUserBuffer !== 'function' || typeof handle.readStop !== 'function')
			return undefined;
		if (given instanceof TLSSocket || given.destroyed || given.readableLength > 0) return undefined;
		// Whether it reads stands in the handle, and is about to change
		handle.readStop();
		handle.reading = false;
		holder._handle = null;
		const socket = new DirectSocket(handle);
		socket.once('close', () => given.destroy()); // a server, or the process that it came from, counts it
		return socket;
	}

	/** Gives false where reading is to stop. */
	#take(length: number): boolean {
		const lent = MEMORY.subarray(0, length);
		if (!this.onBytes) return this.push(Buffer.from(lent));
		this.onBytes(lent);
		return true;
	}
}
