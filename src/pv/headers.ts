/**
 * Looking header fields up as Kamailio does: without regard to case, with SIP's one-letter names.
 *
 * @module
 */
import { trimBlanks } from '../bytes.ts';
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

/** The other fields that Kamailio's parser knows by name (core/parser/parse_hname2.c, as a Kamailio 5.6.3 was asked for them). */
const KNOWN: ReadonlySet<string> = new Set([
	...Object.values(COMPACT),
	...(
		'accept accept-language allow authorization call-info content-disposition cseq date diversion expires identity-info ' +
		'max-forwards min-expires min-se organization p-asserted-identity p-preferred-identity path priority privacy ' +
		'proxy-authenticate proxy-authorization proxy-require reason record-route remote-party-id require retry-after route ' +
		'server sip-if-match subscription-state unsupported user-agent www-authenticate'
	).split(' '),
]);

/** Whether Kamailio knows a field by its key. */
export const isKnownField = (key: string): boolean => KNOWN.has(key);

/** What two names of the same field have in common: lower case, the long form. */
export function headerKey(name: string): string {
	const lower = name.toLowerCase();
	return lower.length === 1 ? (COMPACT[lower] ?? lower) : lower;
}

/**
 * The key of the field that a script means. Kamailio compares the fields that it knows by what stands in front of a blank or a
 * colon (`From: `); of other names it leaves out blanks at the end.
 */
export function keyAskedFor(name: string): string {
	const end = name.search(/[\t :]/);
	if (end < 0) return headerKey(name);
	const key = headerKey(name.slice(0, end));
	return KNOWN.has(key) ? key : headerKey(end === 0 ? name : trimBlanks(name, '\t '));
}

/** What Kamailio takes for the name of a field: a colon may follow, and then anything. */
const NAME = /^[\w\-.+~]+[ \t]*(?::|$)/;

/** What is wrong with the name of a field; undefined where it is one. */
export function fieldNameProblem(name: string): string | undefined {
	return NAME.test(name) ? undefined : `"${name}" is no name of a header field`;
}

/** The Via line that xhttp makes up for Kamailio's SIP core; `KSR.hdr.get("Via")` shows it (xhttp_mod.c). */
export function madeUpVia(ctx: RequestContext): string {
	const { address, port } = ctx.request.connection.remote;
	return `SIP/2.0/TCP ${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** The first field of a name; null without one. */
export function findHeader(ctx: RequestContext, name: string): string | null {
	return findKey(ctx, keyAskedFor(name));
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
	return valuesOfKey(ctx, keyAskedFor(name));
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
