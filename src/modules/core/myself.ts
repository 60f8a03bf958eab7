/**
 * Whether an address is the host's own.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';

const URI = /^sips?:(?:[^@]*@)?(\[[^\]]+\]|[^:;?]+)(?::(\d+))?/i;

/** True where a SIP URI's host and port are an address the host listens on; without a port any port will do. */
export function isMyself(ctx: RequestContext, uri: string): boolean {
	const [, host, port] = URI.exec(uri) ?? [];
	if (!host) {
		ctx.report('error', 'KSR.is_myself wants a sip: URI');
		return false;
	}
	const address = host.replace(/^\[|\]$/g, '');
	return ctx.host.addresses.some(
		(own) => own.address === address && (port === undefined || own.port === Number(port)),
	);
}
