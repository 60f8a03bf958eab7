/**
 * Between the web's Request and Response and what the host takes and gives.
 *
 * @module
 */
import { textOf } from '../bytes.ts';
import type { HttpReply } from './reply.ts';
import { type HttpRequest, makeRequest } from './request.ts';
import { isBodiless } from './status.ts';

/** A Request as if it had come over a socket from 127.0.0.1. */
export async function toRequest(request: Request): Promise<HttpRequest> {
	const url = new URL(request.url);
	const headers: [string, string][] = [['Host', url.host], ...request.headers];
	const body = Buffer.from(await request.arrayBuffer());
	if (body.length > 0 && !request.headers.has('content-length'))
		headers.push(['Content-Length', String(body.length)]);
	const made = makeRequest({ method: request.method, target: url.pathname + url.search, headers, body });
	request.signal.addEventListener('abort', () => made.connection.onGone?.(), { once: true });
	return made;
}

/** A reply, whether it came at once or later. */
export async function toReply(reply: HttpReply | Promise<HttpReply>): Promise<HttpReply> {
	return reply;
}

/** A reply as a Response. */
export function toResponse(reply: HttpReply, request: HttpRequest): Response {
	const headers = new Headers();
	for (const line of reply.headers.split('\r\n')) {
		const colon = line.indexOf(':');
		if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
	}
	const noBody = request.method === 'HEAD' || isBodiless(reply.status) || reply.status === 205;
	// Response takes no status above 599, and no reason beyond Latin-1; a script may send both.
	const response = new Response(noBody ? null : Buffer.from(reply.body, 'latin1'), {
		headers,
		status: reply.status > 599 ? 500 : reply.status,
	});
	Object.defineProperty(response, 'status', { value: reply.status });
	Object.defineProperty(response, 'statusText', { value: textOf(reply.reason) });
	return response;
}
