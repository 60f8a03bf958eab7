/**
 * Reads HTTP/1 requests from a stream of bytes (RFC 9112).
 *
 * Why our own, where Node has one: handlers see methods, blanks and folded lines as they came, which Node's parser
 * refuses or rewrites (docs/rationale.md). It is strict where leniency lets a proxy and this host disagree about
 * where a request ends: line ends, lengths, transfer codings, names.
 *
 * @module
 */
import { trimBlanks } from '../bytes.ts';
import { ByteQueue } from './byte-queue.ts';
import type { HttpLimits } from './limits.ts';
import type { ConnectionInfo, HeaderFields, HttpRequest } from './request.ts';

/** What is wrong with a client's bytes. The connection cannot go on after it. */
export class HttpParseError extends Error {
	/** The status code to answer with. */
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

const EMPTY = Buffer.alloc(0);
const CR = 13;
const LF = 10;

// One pass over the whole head tells whether it is well-formed; after that, looking for delimiters is enough.
const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const TEXT = '[\\t\\x20-\\x7e\\x80-\\xff]*';
const REQUEST_LINE = `${TOKEN} [\\x21-\\x7e\\x80-\\xff]+ HTTP\\/\\d\\.\\d\\r\\n`;
const FIELD_LINE = `${TOKEN}:${TEXT}\\r\\n(?:[ \\t]${TEXT}\\r\\n)*`;
const WELL_FORMED = new RegExp(`^${REQUEST_LINE}(?:${FIELD_LINE})*$`);
const TRAILERS = new RegExp(`^(?:${FIELD_LINE})*$`);
const CHUNK_SIZE = /^([0-9a-fA-F]{1,8})[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/;
const MAX_CHUNK_LINE = 256;
/** Some clients send an empty line or two behind a body. */
const MAX_EMPTY_LINES = 8;
/** Bytes at the front of the input in which the end of a head is looked for first. */
const GLANCE = 1024;
/** What may have come of the two line ends that are looked for. */
const PART_OF_END = 3;

/** A head that has been read, while its body is awaited. */
interface Head {
	method: string;
	target: string;
	version: string;
	head: string;
	headers: HeaderFields;
	/** Bytes of content to come; undefined for chunks. */
	length: number | undefined;
	keepAlive: boolean;
	expectContinue: boolean;
}

/** A request, and what its head says about the connection. */
export interface ParsedRequest {
	request: HttpRequest;
	/** The client wants to send more requests on this connection. */
	keepAlive: boolean;
}

/** Where the parser stands between two pushes. */
export type Phase = 'idle' | 'head' | 'body';

/** The parser of one connection. */
export class RequestParser {
	readonly #limits: HttpLimits;
	readonly #connection: ConnectionInfo;
	readonly #input = new ByteQueue();
	/** How far the input was searched for the end of the head. */
	#searched = 0;
	#head: Head | undefined;
	/** What the chunks held so far. */
	readonly #content = new ByteQueue();
	/** Bytes of chunk lines that are no size. */
	#extensionSize = 0;
	/** Bytes of the current chunk still to come; -1 where a size line is next, -2 where the trailers are. */
	#chunkLeft = -1;

	constructor(limits: HttpLimits, connection: ConnectionInfo) {
		this.#limits = limits;
		this.#connection = connection;
	}

	/**
	 * Takes bytes from the socket.
	 * @param lent they are only there until `keep` is called
	 */
	push(chunk: Buffer, lent = false): void {
		this.#input.push(chunk, lent);
	}

	/** Bytes that were lent are about to go. */
	keep(): void {
		this.#input.keep();
	}

	/** How many bytes wait to be read. */
	get buffered(): number {
		return this.#input.length;
	}

	/** Takes all bytes that no request was made of. */
	rest(): Buffer {
		return this.#input.take(this.#input.length);
	}

	/** Whether a request has begun, and which part of it is awaited. */
	get phase(): Phase {
		if (this.#head) return 'body';
		return this.#input.length > 0 ? 'head' : 'idle';
	}

	/** True once, after a head that asks for a 100 Continue while its body has not come. */
	takeExpectation(): boolean {
		if (!this.#head?.expectContinue) return false;
		this.#head.expectContinue = false;
		return true;
	}

	/**
	 * The next complete request, or undefined where more bytes are needed.
	 * @throws HttpParseError
	 */
	read(): ParsedRequest | undefined {
		this.#head ??= this.#readHead();
		if (!this.#head) return undefined;
		const body = this.#head.length === undefined ? this.#readChunks() : this.#readBody(this.#head.length);
		if (!body) return undefined;
		const { method, target, version, head, headers, keepAlive } = this.#head;
		this.#head = undefined;
		return {
			request: { method, target, version, headers, head, body, connection: this.#connection },
			keepAlive,
		};
	}

	#readHead(): Head | undefined {
		if (this.#input.length === 0) return undefined; // behind each request that is not followed by another at once
		const buffer = this.#input.bytes;
		let start = 0;
		// Empty lines before a request are passed over (RFC 9112, 2.2).
		while (buffer[start] === CR && buffer[start + 1] === LF) start += 2;
		if (start > 2 * MAX_EMPTY_LINES) throw new HttpParseError(400, 'too many empty lines');
		// Most heads come in one piece and are short: to look into their text is cheaper than into the bytes.
		const glance = this.#searched === 0 ? buffer.toString('latin1', start, start + GLANCE) : '';
		const seen = glance.indexOf('\r\n\r\n');
		const end =
			seen >= 0
				? start + seen
				: buffer.indexOf('\r\n\r\n', Math.max(start, this.#searched - PART_OF_END), 'latin1');
		const size = (end < 0 ? buffer.length - PART_OF_END : end) - start;
		if (size > this.#limits.headers + this.#limits.url)
			throw this.#tooLarge(buffer.toString('latin1', start, start + size));
		if (end < 0) {
			this.#refuseBareLineFeed(start);
			this.#searched = buffer.length;
			return undefined;
		}
		const text = seen >= 0 ? glance.slice(0, seen + 2) : buffer.toString('latin1', start, end + 2);
		this.#input.drop(end + 4);
		this.#searched = 0;
		return this.#parseHead(text);
	}

	/** A client that ends lines with LF alone would otherwise wait until its time is up. */
	#refuseBareLineFeed(start: number): void {
		const buffer = this.#input.bytes;
		for (let at = buffer.indexOf(LF, Math.max(start, this.#searched)); at >= 0; ) {
			if (buffer[at - 1] !== CR) throw new HttpParseError(400, 'a line ends with LF alone');
			at = buffer.indexOf(LF, at + 1);
		}
	}

	#tooLarge(text: string): HttpParseError {
		const line = text.indexOf('\r\n');
		if (line < 0 || line > this.#limits.url + 64)
			return new HttpParseError(414, 'the request line is too long');
		return new HttpParseError(431, 'the header fields are too large');
	}

	#parseHead(text: string): Head {
		if (!WELL_FORMED.test(text)) throw new HttpParseError(400, diagnose(text));
		const lineEnd = text.indexOf('\r\n');
		const methodEnd = text.indexOf(' ');
		const targetEnd = text.indexOf(' ', methodEnd + 1);
		const target = text.slice(methodEnd + 1, targetEnd);
		const version = text.slice(targetEnd + 1, lineEnd);
		if (target.length > this.#limits.url) throw new HttpParseError(414, 'the request target is too long');
		if (text.length - lineEnd > this.#limits.headers) throw this.#tooLarge(text);
		if (version.charCodeAt(5) !== 0x31) throw new HttpParseError(505, `${version} is not spoken here`);

		const names: string[] = [];
		const values: string[] = [];
		const framing = new FramingFields(version === 'HTTP/1.0');
		for (let at = lineEnd + 2; at < text.length; ) {
			const colon = text.indexOf(':', at);
			let end = text.indexOf('\r\n', colon);
			while (isBlank(text.charCodeAt(end + 2))) end = text.indexOf('\r\n', end + 2);
			const name = text.slice(at, colon);
			let valueAt = colon + 1;
			while (isBlank(text.charCodeAt(valueAt))) valueAt++;
			const value = text.slice(valueAt, end);
			names.push(name);
			values.push(value);
			framing.see(name, value);
			at = end + 2;
		}
		const length = framing.length();
		if (length !== undefined && length > this.#limits.body) throw bodyTooLarge();
		return {
			method: text.slice(0, methodEnd),
			target,
			version,
			head: text,
			headers: { names, values },
			length,
			keepAlive: framing.keepAlive,
			expectContinue: framing.expectsContinue && length !== 0,
		};
	}

	#readBody(length: number): Buffer | undefined {
		if (length === 0) return EMPTY;
		return this.#input.length < length ? undefined : this.#input.take(length);
	}

	#readChunks(): Buffer | undefined {
		for (;;) {
			if (this.#chunkLeft >= 0) {
				// the data and the line end behind it
				if (this.#input.length < this.#chunkLeft + 2) return undefined;
				this.#content.push(this.#input.take(this.#chunkLeft));
				if (this.#input.take(2).toString('latin1') !== '\r\n')
					throw new HttpParseError(400, 'a chunk is longer than its size');
				this.#chunkLeft = -1;
			} else if (this.#chunkLeft === -1) {
				const line = this.#takeLine(MAX_CHUNK_LINE);
				if (line === undefined) return undefined;
				const [, digits] = CHUNK_SIZE.exec(line) ?? [];
				if (digits === undefined) throw new HttpParseError(400, 'a chunk size is malformed');
				const size = Number.parseInt(digits, 16);
				if (this.#content.length + size > this.#limits.body) throw bodyTooLarge();
				this.#extensionSize += line.length - digits.length;
				if (this.#extensionSize > this.#limits.headers)
					throw new HttpParseError(413, 'the chunk extensions are too large');
				this.#chunkLeft = size === 0 ? -2 : size;
			} else {
				if (!this.#skipTrailers()) return undefined;
				this.#extensionSize = 0;
				this.#chunkLeft = -1;
				return this.#content.take(this.#content.length);
			}
		}
	}

	/** Trailer fields are checked and dropped. */
	#skipTrailers(): boolean {
		const buffer = this.#input.bytes;
		if (buffer[0] === CR && buffer[1] === LF) {
			this.#input.drop(2);
			return true;
		}
		const end = buffer.indexOf('\r\n\r\n', 0, 'latin1');
		if ((end < 0 ? buffer.length - PART_OF_END : end) > this.#limits.headers)
			throw new HttpParseError(431, 'the trailer fields are too large');
		if (end < 0) {
			this.#refuseBareLineFeed(0);
			return false;
		}
		if (!TRAILERS.test(buffer.toString('latin1', 0, end + 2)))
			throw new HttpParseError(400, 'a trailer is malformed');
		this.#input.drop(end + 4);
		return true;
	}

	#takeLine(max: number): string | undefined {
		const buffer = this.#input.bytes;
		const end = buffer.indexOf('\r\n', 0, 'latin1');
		if (end > max || (end < 0 && buffer.length > max + 1))
			throw new HttpParseError(400, 'a chunk line is too long');
		if (end < 0) return undefined;
		const line = buffer.toString('latin1', 0, end);
		this.#input.drop(end + 2);
		return line;
	}
}

/** The fields that say where a request ends and whether another may follow. */
class FramingFields {
	readonly #http10: boolean;
	#contentLength: string | undefined;
	#transferEncoding: string | undefined;
	#hosts = 0;
	#connection = '';
	#expect = '';

	constructor(http10: boolean) {
		this.#http10 = http10;
	}

	/** Looks at one field; the name's length tells most of them apart at once. */
	see(name: string, value: string): void {
		switch (name.length) {
			case 4:
				if (name.toLowerCase() !== 'host') break;
				if (++this.#hosts > 1) throw new HttpParseError(400, 'Host came twice');
				refuseFolded(name, value);
				break;
			case 6:
				if (name.toLowerCase() === 'expect') this.#expect = value;
				break;
			case 10:
				if (name.toLowerCase() !== 'connection') break;
				refuseFolded(name, value);
				this.#connection += `,${value}`;
				break;
			case 14:
				if (name.toLowerCase() !== 'content-length') break;
				if (this.#contentLength !== undefined) throw new HttpParseError(400, 'Content-Length came twice');
				this.#contentLength = trimBlanks(value, ' \t');
				break;
			case 17:
				if (name.toLowerCase() !== 'transfer-encoding') break;
				if (this.#transferEncoding !== undefined)
					throw new HttpParseError(400, 'Transfer-Encoding came twice');
				refuseFolded(name, value);
				this.#transferEncoding = trimBlanks(value, ' \t').toLowerCase();
				break;
		}
	}

	/** The client waits for a word before it sends the content. HTTP/1.0 does not know that (RFC 9110, 10.1.1). */
	get expectsContinue(): boolean {
		return !this.#http10 && /^100-continue[ \t]*$/i.test(this.#expect);
	}

	/** Bytes of content that follow the head; undefined where chunks follow. */
	length(): number | undefined {
		if (this.#transferEncoding !== undefined) {
			if (this.#contentLength !== undefined)
				throw new HttpParseError(400, 'both Content-Length and Transfer-Encoding came');
			if (this.#http10) throw new HttpParseError(400, 'HTTP/1.0 has no Transfer-Encoding');
			if (this.#transferEncoding !== 'chunked')
				throw new HttpParseError(501, 'of all transfer codings, only chunked is understood');
			return undefined;
		}
		if (this.#contentLength === undefined) return 0;
		if (!/^\d{1,15}$/.test(this.#contentLength)) throw new HttpParseError(400, 'Content-Length is no number');
		return Number(this.#contentLength);
	}

	get keepAlive(): boolean {
		if (this.#connection === '') return !this.#http10;
		const tokens = this.#connection.toLowerCase().split(/[ \t,]+/);
		return !tokens.includes('close') && (!this.#http10 || tokens.includes('keep-alive'));
	}
}

/** A field that says where a request ends, or whom it is for, stands on one line. */
function refuseFolded(name: string, value: string): void {
	if (value.includes('\r')) throw new HttpParseError(400, `${name} goes over several lines`);
}

function isBlank(code: number): boolean {
	return code === 0x20 || code === 0x09;
}

function bodyTooLarge(): HttpParseError {
	return new HttpParseError(413, 'the body is too large');
}

/** Which part of a malformed head it is. */
function diagnose(text: string): string {
	if (!new RegExp(`^${REQUEST_LINE}`).test(text)) return 'the request line is malformed';
	if (/[^\r]\n|\r[^\n]/.test(text)) return 'a line ends with CR or LF alone';
	return 'a header line is malformed';
}
