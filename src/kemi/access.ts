/**
 * What the access log may show of a request.
 *
 * @module
 */
import type { HttpReply } from '../http/reply.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Access } from '../log/access-log.ts';
import type { RequestContext } from './context.ts';

function firstHeader({ headers }: HttpRequest, name: string): string | undefined {
	const wanted = name.toLowerCase();
	return headers.values[headers.names.findIndex((other) => other.toLowerCase() === wanted)];
}

/** The first header line of a reply with that name. */
function replyHeader({ headers }: HttpReply, name: string): string | undefined {
	const wanted = `${name.toLowerCase()}:`;
	const line = headers.split('\r\n').find((other) => other.toLowerCase().startsWith(wanted));
	return line?.slice(wanted.length).trim();
}

/** The name in basic or digest credentials. Nobody has checked it here. */
function userOf(request: HttpRequest): string | undefined {
	const credentials = firstHeader(request, 'authorization');
	const [, basic] = /^Basic ([\w+/=-]+)/i.exec(credentials ?? '') ?? [];
	if (basic) return Buffer.from(basic, 'base64').toString('latin1').split(':', 1)[0];
	return /^Digest .*\busername="([^"]*)"/i.exec(credentials ?? '')?.[1];
}

/**
 * Gathers it.
 * @param took milliseconds from the request to the reply
 */
export function accessOf(ctx: RequestContext, reply: HttpReply, took: number): Access {
	const { request } = ctx;
	const { remote } = request.connection;
	return {
		remoteAddress: remote.address,
		remotePort: remote.port,
		method: request.method,
		target: request.target,
		version: request.version,
		status: reply.upgrade ? 101 : reply.status,
		size: reply.upgrade ? 0 : reply.body.length,
		took: Math.round(took * 1000),
		time: Date.now() - took,
		id: ctx.id,
		callback: ctx.callback,
		user: userOf(request),
		requestHeader: (name) => firstHeader(request, name),
		replyHeader: (name) => replyHeader(reply, name),
	};
}
