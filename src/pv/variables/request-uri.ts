/**
 * `$ru`, `$ou`, `$du` and `$nh`: URIs as SIP has them. A request target is none, so these are null until a script sets
 * them, and `$hu` is what HTTP handlers want (modules/pv/pv_core.c).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import type { PvValue, Variable } from '../variable.ts';
import { type Getter, type Setter, wordVariable } from './names.ts';
import { formatSipUri, parseSipUri, type SipUri, uriParameter } from './sip-uri.ts';

/** What a script set `$ru` and `$du` to. */
const uris = requestLocal<{ request: string | undefined; destination: string | undefined }>(() => ({
	request: undefined,
	destination: undefined,
}));

type UriOf = (ctx: RequestContext) => string;

const original: UriOf = (ctx) => ctx.request.target;
const current: UriOf = (ctx) => ctx.get(uris).request ?? ctx.request.target;

/** What a script set `$ru` to; undefined if none has. */
export function newRequestUri(ctx: RequestContext): string | undefined {
	return ctx.get(uris).request;
}

/** `$du`; null until it is set. */
export function destinationUri(ctx: RequestContext): string | null {
	return ctx.get(uris).destination ?? null;
}

/** Sets `$du`; an empty text leaves it without a value. */
export function setDestinationUri(ctx: RequestContext, uri: string): void {
	ctx.get(uris).destination = uri || undefined;
}

/** Parses a URI; undefined after an error line if it is not one of SIP's. */
function parsed(ctx: RequestContext, uri: string): SipUri | undefined {
	const parts = parseSipUri(uri);
	if (!parts) ctx.report('error', `"${uri}" is no SIP URI; the request target is in $hu`);
	return parts;
}

/** `$ru`: null after an error line if it is no SIP URI. */
export function requestUri(ctx: RequestContext): string | null {
	const uri = current(ctx);
	return parsed(ctx, uri) ? uri : null;
}

/** `$ou`: as `$ru`, whatever a script set that to. */
export function originalUri(ctx: RequestContext): string | null {
	return parsed(ctx, original(ctx)) ? original(ctx) : null;
}

/** The parts of a URI that variables give. */
const PARTS = {
	user: (uri: SipUri) => uri.user || null,
	host: (uri: SipUri) => uri.host || null,
	port: (uri: SipUri) =>
		uri.port || (uriParameter(uri, 'transport')?.toLowerCase() === 'tls' ? '5061' : '5060'),
	transport: (uri: SipUri) => uriParameter(uri, 'transport') ?? 'UDP',
	scheme: (uri: SipUri) => (uriParameter(uri, 'user') === 'phone' ? 'tel' : uri.scheme.toLowerCase()),
	userLength: (uri: SipUri) => uri.user.length,
} as const satisfies Record<string, (uri: SipUri) => PvValue>;

function part(of: UriOf, name: keyof typeof PARTS): Getter {
	return (ctx) => {
		const uri = parsed(ctx, of(ctx));
		return uri ? PARTS[name](uri) : null;
	};
}

/** A part of `$ru`, for KSR.kx. */
export const requestUser = part(current, 'user');
/** A part of `$ru`, for KSR.kx. */
export const requestHost = part(current, 'host');

function refuse(ctx: RequestContext, why: string): false {
	ctx.report('error', why);
	return false;
}

function setRequestUri(ctx: RequestContext, value: PvValue): boolean {
	if (typeof value !== 'string') return refuse(ctx, '$ru is set to texts only');
	ctx.get(uris).request = value;
	return true;
}

/** `$ru` as a text, whether it is a SIP URI or not: the target until a script has set it. */
export const rawRequestUri: UriOf = current;

/** Sets `$ru`; undefined makes it the target again. */
export function rewriteRequestUri(ctx: RequestContext, uri: string | undefined): void {
	ctx.get(uris).request = uri;
}

/** Changes parts of `$ru`. False, after an error line, where it is no SIP URI. */
export function changeRequestUri(ctx: RequestContext, change: (uri: SipUri) => Partial<SipUri>): boolean {
	const uri = parsed(ctx, current(ctx));
	if (!uri) return false;
	ctx.get(uris).request = formatSipUri({ ...uri, ...change(uri) });
	return true;
}

/** Sets one part of `$ru`. */
function setPart(name: 'user' | 'host' | 'port'): Setter {
	return (ctx, value) => {
		if (name === 'host' && typeof value !== 'string')
			return refuse(ctx, 'the host of $ru is set to texts only');
		return changeRequestUri(ctx, () => ({ [name]: String(value ?? '') }));
	};
}

function setDestination(ctx: RequestContext, value: PvValue): boolean {
	if (typeof value === 'number') return refuse(ctx, '$du is set to texts only');
	setDestinationUri(ctx, value ?? '');
	return true;
}

/** A part of `$du`; null without one. */
function destinationPart(name: keyof typeof PARTS): Getter {
	const get = part((ctx) => destinationUri(ctx) as string, name);
	return (ctx) => (destinationUri(ctx) === null ? null : get(ctx));
}

const nextHop: UriOf = (ctx) => destinationUri(ctx) ?? current(ctx);

/** URIs that belong to SIP. */
export const requestUriVariables: readonly Variable[] = [
	{
		names: ['ru', 'ruri'],
		doc: 'A SIP URI that a script has set; see $hu.',
		get: requestUri,
		set: setRequestUri,
	},
	{ names: ['rU', 'ruri.user'], doc: 'The user in $ru.', get: requestUser, set: setPart('user') },
	{ names: ['rd', 'ruri.domain'], doc: 'The host in $ru.', get: requestHost, set: setPart('host') },
	{ names: ['rp'], doc: 'The port in $ru, or 5060.', get: part(current, 'port'), set: setPart('port') },
	{ names: ['rP'], doc: 'The transport in $ru, or UDP.', get: part(current, 'transport') },
	{ names: ['rz'], doc: 'The scheme of $ru.', get: part(current, 'scheme') },
	{ names: ['rUl'], doc: 'The length of $rU.', get: part(current, 'userLength') },
	{ names: ['rul'], doc: 'The length of $ru.', get: (ctx) => current(ctx).length },
	{ names: ['ou', 'ouri'], doc: 'The target where it is a SIP URI; see $hu.', get: originalUri },
	{ names: ['oU'], doc: 'The user in $ou.', get: part(original, 'user') },
	{ names: ['od'], doc: 'The host in $ou.', get: part(original, 'host') },
	{ names: ['op'], doc: 'The port in $ou, or 5060.', get: part(original, 'port') },
	{ names: ['oP'], doc: 'The transport in $ou, or UDP.', get: part(original, 'transport') },
	{ names: ['oUl'], doc: 'The length of $oU.', get: part(original, 'userLength') },
	{
		names: ['du', 'duri'],
		doc: 'A destination that a script has set.',
		get: destinationUri,
		set: setDestination,
	},
	{ names: ['dd'], doc: 'The host in $du.', get: destinationPart('host') },
	{ names: ['dp'], doc: 'The port in $du, or 5060.', get: destinationPart('port') },
	{ names: ['dP'], doc: 'The transport in $du, or UDP.', get: destinationPart('transport') },
	wordVariable(
		['nh'],
		'Where a request would go: u the URI ($du, $ru or the target), U user, d host, p port, P transport.',
		{
			u: nextHop,
			U: part(nextHop, 'user'),
			d: part(nextHop, 'host'),
			p: part(nextHop, 'port'),
			P: part(nextHop, 'transport'),
		},
	),
];
