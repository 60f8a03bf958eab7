/**
 * Looking header fields up as Kamailio does: without regard to case, with SIP's one-letter names.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';

/** SIP's compact forms (RFC 3261, 7.3.3 and extensions). Kamailio takes a field in either form for the other. */
const COMPACT: Readonly<Record<string, string>> = {
	a: 'accept-contact',
	b: 'referred-by',
	c: 'content-type',
	d: 'request-disposition',
	e: 'content-encoding',
	f: 'from',
	i: 'call-id',
	j: 'reject-contact',
	k: 'supported',
	l: 'content-length',
	m: 'contact',
	o: 'event',
	r: 'refer-to',
	s: 'subject',
	t: 'to',
	u: 'allow-events',
	v: 'via',
	x: 'session-expires',
	y: 'identity',
};

/** What two names of the same field have in common: lower case, the long form. */
export function headerKey(name: string): string {
	const lower = name.toLowerCase();
	return lower.length === 1 ? (COMPACT[lower] ?? lower) : lower;
}

/** The Via line that xhttp makes up for Kamailio's SIP core; `KSR.hdr.get("Via")` shows it (xhttp_mod.c). */
export function madeUpVia(ctx: RequestContext): string {
	const { address, port } = ctx.request.connection.remote;
	return `SIP/2.0/TCP ${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** The first field of a name; null without one. */
export function findHeader(ctx: RequestContext, name: string): string | null {
	return findKey(ctx, headerKey(name));
}

/** The first field whose name has that key. */
export function findKey(ctx: RequestContext, key: string): string | null {
	if (key === 'via') return madeUpVia(ctx);
	const { names, values } = ctx.request.headers;
	for (let i = 0; i < names.length; i++) {
		const candidate = names[i] as string;
		if (candidate.length !== key.length && candidate.length !== 1) continue;
		if (headerKey(candidate) === key) return values[i] as string;
	}
	return null;
}

/** All fields of a name, in order. */
export function headerValues(ctx: RequestContext, name: string): string[] {
	return valuesOfKey(ctx, headerKey(name));
}

/** All fields whose names have that key, in order. */
export function valuesOfKey(ctx: RequestContext, key: string): string[] {
	const { names, values } = ctx.request.headers;
	const found = values.filter((_, i) => headerKey(names[i] as string) === key);
	return key === 'via' ? [madeUpVia(ctx), ...found] : found;
}

/** The values of all fields, in order. */
export function allHeaderValues(ctx: RequestContext): string[] {
	return [madeUpVia(ctx), ...ctx.request.headers.values];
}
