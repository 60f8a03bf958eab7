/**
 * What a Redis or Valkey server answers, in its protocol's second version (RESP2), and the reader for it.
 *
 * @module
 */

/** The kinds of replies, by the numbers that hiredis and with it Kamailio's `$redis(r=>type)` have for them. */
export const REPLY = { string: 1, array: 2, integer: 3, nil: 4, status: 5, error: 6 } as const;

/** One reply. */
export interface Reply {
	readonly type: (typeof REPLY)[keyof typeof REPLY];
	/** The byte string of a string, a status and an error. */
	readonly text?: string;
	/** The 64 bits of an integer. */
	readonly integer?: bigint;
	/** The elements of an array. */
	readonly elements?: readonly Reply[];
}

/** The server sent what no client may take: the connection is of no use any more. */
export class ReplyError extends Error {
	override readonly name = 'ReplyError';
}

/** Arrays in arrays: deeper than any script needs, less than what it takes to fill the stack of whoever reads them. */
const DEEPEST = 32;
/** What an element takes in memory beside its bytes, about: an array of a million nils is 5 MB on the wire. */
const ELEMENT_BYTES = 64;

/** An array that is being read. */
interface Open {
	readonly elements: Reply[];
	left: number;
}

const NIL: Reply = { type: REPLY.nil };

/** Cuts a stream of bytes into replies. What has been read is not looked at again when more comes. */
export class ReplyReader {
	readonly #limit: number;
	#chunks: Buffer[] = [];
	#length = 0;
	/** How many bytes it takes to go on. */
	#need = 1;
	#open: Open[] = [];
	/** What the reply that is being read takes up so far. */
	#size = 0;

	/** @param limit bytes of a reply, beyond which it is refused: at once where its length says so */
	constructor(limit: number) {
		this.#limit = limit;
	}

	/**
	 * Takes bytes, and gives the replies that are complete with them.
	 * @throws ReplyError
	 */
	feed(chunk: Buffer): Reply[] {
		this.#chunks.push(chunk);
		this.#length += chunk.length;
		if (this.#length < this.#need) return [];
		const buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
		const replies: Reply[] = [];
		let at = 0;
		for (;;) {
			const end = buffer.indexOf('\r\n', at, 'latin1');
			if (end < 0) {
				this.#take(0, buffer.length - at);
				this.#need = buffer.length - at + 1;
				break;
			}
			const kind = buffer[at];
			const line = buffer.toString('latin1', at + 1, end);
			let next = end + 2;
			let reply: Reply | undefined;
			if (kind === 0x24 /* $ */) {
				const length = lengthOf(line);
				this.#take(0, Math.max(0, length));
				if (length < 0) reply = NIL;
				else if (buffer.length < next + length + 2) {
					this.#need = next - at + length + 2;
					break;
				} else {
					reply = { type: REPLY.string, text: buffer.toString('latin1', next, next + length) };
					next += length + 2;
				}
			} else if (kind === 0x2a /* * */) {
				const length = lengthOf(line);
				this.#take(0, Math.max(0, length) * ELEMENT_BYTES);
				if (length < 0) reply = NIL;
				else if (length === 0) reply = { type: REPLY.array, elements: [] };
				else {
					if (this.#open.length === DEEPEST) throw new ReplyError(`arrays more than ${DEEPEST} deep`);
					this.#open.push({ elements: [], left: length });
				}
			} else reply = simple(kind, line);
			this.#take(next - at, 0);
			at = next;
			if (!reply) continue;
			const whole = this.#put(reply);
			if (whole) replies.push(whole);
			if (at === buffer.length) {
				this.#need = 1;
				break;
			}
		}
		const rest = buffer.subarray(at);
		this.#chunks = rest.length > 0 ? [rest] : [];
		this.#length = rest.length;
		return replies;
	}

	/** Counts what has been read, and refuses a reply that is about to become too long. */
	#take(read: number, ahead: number): void {
		this.#size += read;
		if (this.#size + ahead > this.#limit)
			throw new ReplyError(`a reply of more than ${this.#limit} bytes, which is the limit`);
	}

	/** Puts a reply where it belongs. Gives the outermost that it completes. */
	#put(reply: Reply): Reply | undefined {
		let done = reply;
		for (;;) {
			const open = this.#open.at(-1);
			if (!open) {
				this.#size = 0;
				return done;
			}
			this.#size += ELEMENT_BYTES;
			open.elements.push(done);
			if (--open.left > 0) return undefined;
			this.#open.pop();
			done = { type: REPLY.array, elements: open.elements };
		}
	}
}

function lengthOf(line: string): number {
	if (!/^(-1|\d{1,15})$/.test(line)) throw new ReplyError('what came is no answer of a Redis server');
	return Number(line);
}

function simple(kind: number | undefined, line: string): Reply {
	if (kind === 0x2b /* + */) return { type: REPLY.status, text: line };
	if (kind === 0x2d /* - */) return { type: REPLY.error, text: line };
	if (kind === 0x3a /* : */ && /^[+-]?\d{1,20}$/.test(line))
		return { type: REPLY.integer, integer: BigInt(line) };
	throw new ReplyError('what came is no answer of a Redis server');
}

/**
 * A command as it is sent.
 * @param parts byte strings
 */
export function encodeCommand(parts: readonly string[]): Buffer {
	let text = `*${parts.length}\r\n`;
	for (const part of parts) text += `$${part.length}\r\n${part}\r\n`;
	return Buffer.from(text, 'latin1');
}
