/**
 * The fields of a digest `Authorization` (modules/pv/pv_core.c, core/parser/digest). Basic and Bearer are not read:
 * `$(hdr(Authorization){s.select,1, }{s.decode.base64t})` does that.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { parseDigest, splitUser } from '../digest.ts';
import { findKey } from '../headers.ts';
import type { PvValue, Variable } from '../variable.ts';

/** The fields; null without credentials, and after an error line if they are not those of a digest. */
function credentials(ctx: RequestContext): ReadonlyMap<string, string> | null {
	const { method } = ctx.request;
	if (method === 'ACK' || method === 'CANCEL') return null;
	const header = findKey(ctx, 'proxy-authorization') ?? findKey(ctx, 'authorization');
	if (header === null) return null;
	const fields = parseDigest(header);
	if (typeof fields === 'object') return fields;
	ctx.report('error', 'the Authorization header holds no digest credentials');
	return null;
}

function field(ctx: RequestContext, name: string): string | null {
	const fields = credentials(ctx);
	return fields ? (fields.get(name) ?? '') : null;
}

/** `$au`: the user without a domain. */
export function authUser(ctx: RequestContext): string | null {
	const whole = field(ctx, 'username');
	return whole && splitUser(whole).user;
}

function variable(name: string, doc: string, get: (ctx: RequestContext) => PvValue): Variable {
	return { names: [name], doc: `${doc} in the Authorization header; null without one.`, get };
}

/** What is in the Authorization header. */
export const credentialVariables: readonly Variable[] = [
	variable('au', 'The user, without a domain,', authUser),
	variable('aU', 'The whole user name', (ctx) => field(ctx, 'username')),
	variable('ad', "The user's domain", (ctx) => {
		const whole = field(ctx, 'username');
		return whole && splitUser(whole).domain;
	}),
	variable('ar', 'The realm', (ctx) => field(ctx, 'realm')),
	variable('adu', 'The URI', (ctx) => field(ctx, 'uri') || null),
	variable('aa', 'The algorithm', (ctx) => field(ctx, 'algorithm')),
	variable('adn', 'The nonce', (ctx) => field(ctx, 'nonce')),
	variable('adc', "The client's nonce", (ctx) => field(ctx, 'cnonce')),
	variable('adr', 'The response', (ctx) => field(ctx, 'response')),
	variable('ado', 'The opaque text', (ctx) => field(ctx, 'opaque')),
];
