/**
 * Whether an address is the host's own (core/socket_info.c, check_self).
 *
 * @module
 */
import { networkInterfaces } from 'node:os';
import type { RequestContext } from '../../kemi/context.ts';
import { parseSipUri, uriParameter } from '../../pv/variables/sip-uri.ts';

/** Values of `transport=` that the host's sockets are not. What nobody knows is no restriction, as in Kamailio. */
const OTHER_TRANSPORTS = new Set(['udp', 'tls', 'sctp', 'wss']);

const isWildcard = (address: string) => address === '0.0.0.0' || address === '::';

/** True for an address that a listening address stands for. Names are none: Kamailio knows some as aliases. */
function standsFor(own: string, host: string): boolean {
	if (!isWildcard(own)) return own === host;
	return Object.values(networkInterfaces()).some((addresses) =>
		addresses?.some(({ address }) => address === host),
	);
}

function isOwn(ctx: RequestContext, host: string, port: number | undefined): boolean {
	const address = host.replace(/^\[|\]$/g, '').toLowerCase();
	return ctx.host.addresses.some(
		(own) => (port === undefined || own.port === port) && standsFor(own.address, address),
	);
}

/**
 * True if the host listens on the host and port of a `sip:` or `sips:` URI, or on a plain host or address; without a
 * port any port will do.
 * @param isOtherwiseOwn true for what else counts as the host, on whatever port
 */
export function isMyself(
	ctx: RequestContext,
	uri: string,
	isOtherwiseOwn: (host: string) => boolean,
): boolean {
	if (!/^sips?:/.test(uri) || uri.length <= 4) return isOwn(ctx, uri, undefined) || isOtherwiseOwn(uri);
	const parts = parseSipUri(uri);
	if (!parts) {
		ctx.report('error', `KSR.is_myself: "${uri}" is no SIP URI`);
		return false;
	}
	if (isOtherwiseOwn(parts.host)) return true;
	if (OTHER_TRANSPORTS.has(uriParameter(parts, 'transport')?.toLowerCase() ?? '')) return false;
	return isOwn(ctx, parts.host, parts.port === '' ? undefined : Number(parts.port));
}
