/**
 * Recordings: requests with their answers, one JSON object a line.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { bytesOf, textOf } from '../bytes.ts';
import { KemihostError } from '../errors.ts';
import type { HttpReply } from '../http/reply.ts';
import { type HttpRequest, makeRequest } from '../http/request.ts';

/** Header fields as they came. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** A request with its answer, as it stands in the file. Text; a body that is no UTF-8 is in base64. */
export interface Recorded {
	/** When it came, as ISO 8601. */
	readonly time: string;
	/** The client, as `address:port`. */
	readonly from: string;
	readonly request: { readonly method: string; readonly target: string; readonly headers: Fields } & Body;
	readonly reply: { readonly status: number; readonly reason: string; readonly headers: Fields } & Body;
}

type Body = { readonly body: string } | { readonly base64: string };

const isUtf8 = (bytes: Buffer) => Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);

/** A body for the file. */
export function toBody(bytes: Buffer): Body {
	return isUtf8(bytes) ? { body: bytes.toString('utf8') } : { base64: bytes.toString('base64') };
}

/** A body from the file. */
export function fromBody(body: Body): Buffer {
	return 'base64' in body ? Buffer.from(body.base64, 'base64') : Buffer.from(body.body, 'utf8');
}

function fieldsIn(lines: string): [string, string][] {
	return lines.split('\r\n').flatMap((line): [string, string][] => {
		const colon = line.indexOf(':');
		return colon > 0 ? [[line.slice(0, colon), textOf(line.slice(colon + 1).trim())]] : [];
	});
}

/** What a host answered. */
export function recordOf(request: HttpRequest, reply: HttpReply, time: number): Recorded {
	const { names, values } = request.headers;
	const { address, port } = request.connection.remote;
	return {
		time: new Date(time).toISOString(),
		from: `${address}:${port}`,
		request: {
			method: textOf(request.method),
			target: textOf(request.target),
			headers: names.map((name, i) => [textOf(name), textOf(values[i] ?? '')] as const),
			...toBody(request.body),
		},
		reply: {
			status: reply.status,
			reason: textOf(reply.reason),
			headers: fieldsIn(reply.headers),
			...toBody(Buffer.from(reply.body, 'latin1')),
		},
	};
}

/** The request of a line, as if it had come again. */
export function requestOf({ request, from }: Recorded): HttpRequest {
	const colon = from.lastIndexOf(':');
	return makeRequest({
		method: bytesOf(request.method),
		target: bytesOf(request.target),
		headers: request.headers.map(([name, value]) => [bytesOf(name), bytesOf(value)] as const),
		body: fromBody(request),
		connection: { remote: { address: from.slice(0, colon), port: Number(from.slice(colon + 1)) } },
	});
}

/** The answer of a line, in byte strings. */
export function replyOf({ reply }: Recorded): Pick<HttpReply, 'status' | 'reason' | 'headers' | 'body'> {
	return {
		status: reply.status,
		reason: bytesOf(reply.reason),
		headers: reply.headers.map(([name, value]) => `${name}: ${bytesOf(value)}\r\n`).join(''),
		body: fromBody(reply).toString('latin1'),
	};
}

/**
 * Reads a recording.
 * @throws KemihostError `KH_RECORDING`
 */
export function readRecording(path: string): Recorded[] {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		throw new KemihostError('KH_RECORDING', `cannot read the recording: ${(error as Error).message}`, {
			where: path,
		});
	}
	return text.split('\n').flatMap((line, i) => {
		if (line.trim() === '') return [];
		try {
			const recorded = JSON.parse(line) as Recorded;
			if (typeof recorded.request.method === 'string' && typeof recorded.reply.status === 'number')
				return [recorded];
		} catch {} // said below
		throw new KemihostError('KH_RECORDING', 'this is no request with its answer', {
			where: `${path}:${i + 1}`,
		});
	});
}
