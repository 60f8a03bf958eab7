/**
 * The reply: put together by the script, checked, and written in one piece.
 *
 * @module
 */
import type { Socket } from 'node:net';
import { withoutLineEnd } from '../bytes.ts';
import { isBodiless, reasonOf } from './status.ts';

/** A finished reply. All strings are byte strings. */
export interface HttpReply {
	readonly status: number;
	readonly reason: string;
	/** Header lines with their line ends, without those that the connection adds. */
	readonly headers: string;
	readonly body: string;
	/** True where the connection ends after this reply. */
	readonly close: boolean;
	/** Who takes the connection over in the place of a reply; then the rest does not count. */
	readonly upgrade?: Upgrade;
}

/** Takes over connections that go on with another protocol (RFC 9110, 7.8). */
export interface Upgrade {
	/**
	 * @param socket nothing waits to be written to it, and nobody listens to it
	 * @param ahead what the client has sent already
	 */
	take(socket: Socket, ahead: Buffer): UpgradedConnection;
}

/** A connection that goes on with another protocol. */
export interface UpgradedConnection {
	/** The host stops: the connection is to end in the way of its protocol. */
	drain(): void;
}

/** The header line of a 503 for clients of a host that has too much to do. */
export const RETRY_AFTER = 'Retry-After: 1\r\n';

/** A reply of the host itself: a short text. */
export function plainReply(
	status: number,
	options: { text?: string; headers?: string; close?: boolean } = {},
): HttpReply {
	const reason = reasonOf(status);
	return {
		status,
		reason,
		headers: `Content-Type: text/plain; charset=utf-8\r\n${options.headers ?? ''}`,
		body: isBodiless(status) ? '' : (options.text ?? `${status} ${reason}\n`),
		close: options.close ?? false,
	};
}

/**
 * Control characters that no header line may hold; a tab may stand in a value (RFC 9110, 5.5). And what is no byte, which a
 * module's mistake can bring here: of U+010A the socket would write a line feed.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const FORBIDDEN = /[\x00-\x08\x0a-\x1f\x7f\u0100-\uffff]/;
const HEADER_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*)$/s;

/** Bytes of header that a script may give a reply; common clients take 16 to 256 KiB. */
const MAX_HEADER = 1 << 16;
const TOO_LARGE = `the header of the reply would be larger than ${MAX_HEADER} bytes`;

/** Fields that say where a reply ends. Only the connection that writes the reply knows them. */
const FRAMING = new Set(['content-length', 'transfer-encoding']);

/** A reply in the making. Its methods give undefined, or the reason why they refuse. */
export class ReplyDraft {
	#headers = '';
	/** What `setContent` was given. */
	#content: { type: string; body: string } | undefined;
	#close = false;
	#final: HttpReply | undefined;

	/** The header lines that were queued, with their line ends. */
	get headers(): string {
		return this.#headers;
	}

	/** The finished reply, once there is one. */
	get final(): HttpReply | undefined {
		return this.#final;
	}

	/** True while nothing has been put into it. */
	get untouched(): boolean {
		return this.#final === undefined && this.#content === undefined && this.#headers === '';
	}

	/** Asks for the connection to end after the reply. */
	close(): void {
		this.#close = true;
	}

	/**
	 * Queues header lines for the reply. A missing line end is added.
	 * @param allowSeveral whether the text may hold more than one line
	 * @returns why the lines are refused, if they are
	 */
	append(text: string, allowSeveral: boolean): string | undefined {
		const lines = withoutLineEnd(text).split('\r\n');
		if (lines.length > 1 && !allowSeveral)
			return 'the text holds a line break inside (one header for each call)';
		let accepted = '';
		for (const line of lines) {
			const [, name = '', value = ''] = HEADER_LINE.exec(line) ?? [];
			if (!name) return `"${printable(line)}" is no header line (Name: value)`;
			if (FORBIDDEN.test(value))
				return `the value of ${name} holds a line break or another control character`;
			const key = name.toLowerCase();
			if (FRAMING.has(key)) return `${name} is written by the host`;
			// The connection writes its own Connection line: the script's says what it should do.
			if (key === 'connection') this.#close ||= /\bclose\b/i.test(value);
			else accepted += `${name}: ${value}\r\n`;
		}
		if (this.#final) return undefined;
		if (this.#headers.length + accepted.length > MAX_HEADER) return TOO_LARGE;
		this.#headers += accepted;
		return undefined;
	}

	/**
	 * Sets the content ahead of `send`, which then takes no other.
	 * @returns why it is refused, if it is
	 */
	setContent(type: string, body: string): string | undefined {
		if (FORBIDDEN.test(type)) return 'the content type holds a line break or another control character';
		if (this.#content) return 'the content was set already';
		this.#content = { type, body };
		return undefined;
	}

	/**
	 * Finishes the reply.
	 * @param contentType empty or null for no Content-Type, or the one that was set ahead
	 * @param body empty or null for none, or the one that was set ahead
	 * @returns why the reply is refused, if it is
	 */
	send(status: number, reason: string, contentType: string | null, body: string | null): string | undefined {
		if (this.#final)
			return `a reply was sent already (${this.#final.status} ${printable(this.#final.reason)})`;
		if (status < 200 || status > 699) return `${status} is no status code of a final reply (200 to 699)`;
		if (FORBIDDEN.test(reason)) return 'the reason holds a line break or another control character';
		if (contentType && FORBIDDEN.test(contentType))
			return 'the content type holds a line break or another control character';
		if (this.#headers.length + reason.length + (contentType?.length ?? 0) > MAX_HEADER) return TOO_LARGE;
		if (body && this.#content) return 'the content was set already';
		const type = contentType || this.#content?.type;
		this.replace({
			status,
			reason,
			headers: type ? `${this.#headers}Content-Type: ${type}\r\n` : this.#headers,
			body: body || (this.#content?.body ?? ''),
			close: this.#close,
		});
		return undefined;
	}

	/** Puts a reply of the host in the place of whatever the script did. */
	replace(reply: HttpReply): void {
		this.#final = reply;
	}
}

/** A byte string for a message to a person: what is not printable ASCII becomes a question mark. */
function printable(text: string): string {
	return text.slice(0, 60).replace(/[^ -~]/g, '?');
}

let dateSecond = 0;
let dateLine = '';

/** The Date line, made once a second. */
function currentDateLine(): string {
	const second = Math.floor(Date.now() / 1000);
	if (second !== dateSecond) {
		dateSecond = second;
		dateLine = `Date: ${new Date(second * 1000).toUTCString()}\r\n`;
	}
	return dateLine;
}

/** What the connection knows when it writes a reply. */
export interface Framing {
	/** The reply answers a HEAD request: its content is announced and left out. */
	head: boolean;
	/** The connection stays open; for an HTTP/1.0 client that has to be said. */
	keepAlive: boolean;
	http10: boolean;
	/** The Server line, complete, or an empty string. */
	server: string;
}

/**
 * The bytes of a reply: status line, the script's header lines, the host's, the content.
 *
 * Kamailio sends the content of a 204 or 304 too, which a client takes for the start of the next reply; so such a
 * connection is announced as closing (`endsConnection`).
 */
export function serialize(reply: HttpReply, framing: Framing): string {
	let text = `HTTP/1.1 ${reply.status} ${reply.reason}\r\n${reply.headers}${framing.server}${currentDateLine()}`;
	if (!framing.keepAlive) text += 'Connection: close\r\n';
	else if (framing.http10) text += 'Connection: keep-alive\r\n';
	text += `Content-Length: ${reply.body.length}\r\n\r\n`;
	return framing.head ? text : text + reply.body;
}

/** True where bytes follow that the client's HTTP does not expect. */
export function confusesClient(reply: HttpReply): boolean {
	return isBodiless(reply.status) && reply.body.length > 0;
}
