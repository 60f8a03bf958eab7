/**
 * The opening handshake (RFC 6455, 4.2; modules/websocket/ws_handshake.c): which requests become WebSockets.
 *
 * @module
 */
import type { HttpRequest } from '../../http/request.ts';

/** Why a request does not become a WebSocket. */
export interface Refusal {
	readonly status: number;
	readonly reason: string;
	/** Header lines with their line ends. */
	readonly headers: string;
	/** For the log. */
	readonly why: string;
}

/** A request that becomes a WebSocket. */
export interface Accepted {
	readonly key: string;
	/** The sub-protocol that was chosen; undefined if the client asked for none. */
	readonly protocol: string | undefined;
}

const VERSION = '13';

/** All values of a header, in their order. */
function values({ headers }: HttpRequest, name: string): string[] {
	return headers.values.filter((_, i) => headers.names[i]?.toLowerCase() === name);
}

/** The members of a header that is a list. */
function members(request: HttpRequest, name: string): string[] {
	return values(request, name)
		.flatMap((value) => value.split(','))
		.map((member) => member.trim())
		.filter((member) => member !== '');
}

const hasMember = (request: HttpRequest, name: string, member: string) =>
	members(request, name).some((other) => other.toLowerCase() === member);

/**
 * Looks at the headers of a request.
 * @param protocols the sub-protocols that are served; `*` takes any, and clients without one
 */
export function checkHandshake(request: HttpRequest, protocols: readonly string[]): Accepted | Refusal {
	const bad = (why: string): Refusal => ({
		status: 400,
		reason: 'Bad Request',
		headers: `Sec-WebSocket-Protocol: ${protocols.filter((name) => name !== '*').join(', ') || 'any'}\r\nSec-WebSocket-Version: ${VERSION}\r\n`,
		why,
	});
	if (request.method !== 'GET') return bad(`the method is ${request.method}, not GET`);
	if (!hasMember(request, 'upgrade', 'websocket')) return bad('the header Upgrade: websocket is missing');
	if (!hasMember(request, 'connection', 'upgrade')) return bad('the header Connection: Upgrade is missing');
	const [version] = values(request, 'sec-websocket-version').map((value) => value.trim());
	if (version === undefined) return bad('the header Sec-WebSocket-Version is missing');
	if (version !== VERSION)
		return {
			status: 426,
			reason: 'Upgrade Required',
			headers: `Sec-WebSocket-Version: ${VERSION}\r\n`,
			why: `the client speaks version ${version}, not ${VERSION}`,
		};
	const [key] = values(request, 'sec-websocket-key').map((value) => value.trim());
	// 16 bytes in base64
	if (!key || !/^[+/0-9A-Za-z]{22}==$/.test(key))
		return bad('the header Sec-WebSocket-Key is missing or malformed');
	const asked = members(request, 'sec-websocket-protocol');
	const any = protocols.includes('*');
	const protocol = asked.find((name) => any || protocols.includes(name.toLowerCase()));
	if (protocol === undefined && !any) return bad('the client asks for no sub-protocol that is served');
	return { key, protocol };
}
