/**
 * What the modules jwt and jwt3 have in common: their functions and their variable, which only differ in names
 * (modules/jwt/jwt_mod.c, modules/jwt3).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import { fn, type KemiFunction, str } from '../../kemi/module.ts';
import type { Variable } from '../../pv/variable.ts';
import { wordVariable } from '../../pv/variables/names.ts';
import { parseParams } from '../pvx/params.ts';
import { readKeyFile, TokenError } from './keys.ts';
import { checkToken, type Field, makeToken } from './token.ts';

/** What a module keeps. */
export interface JwtState {
	/** Key files as they were first read; undefined if each call reads them. */
	readonly files: Map<string, string> | undefined;
	/** By how many seconds clocks may differ; -1 if `exp` and `nbf` do not matter. */
	readonly leeway: number;
}

/** Gives a module's state. */
type StateOf = (ctx: RequestContext) => JwtState;

/** What a request's last call has left for the variable. */
const results = requestLocal(() => ({ token: null as string | null, status: 0 }));

/** How many files a cache holds. */
const FILES = 256;

function keyOf({ files }: JwtState, path: string): string {
	const text = files?.get(path) ?? readKeyFile(path);
	if (files && files.size < FILES) files.set(path, text);
	return text;
}

/** `name=value;name="text"`: integers where they are not quoted, texts otherwise; a field without a value is left out. */
function fieldsOf(what: string, text: string): Field[] {
	const params = parseParams(text);
	if (!params) throw new TokenError(`the ${what} "${text}" are no list of name=value;name="text"`);
	return params.flatMap(([name, value, quoted]): Field[] => {
		if (value === '') return [];
		const integer = !quoted && /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
		return [[name, Number.isSafeInteger(integer) ? (integer as number) : value]];
	});
}

/** Runs what may refuse a token or a key: -1 after an error line. */
function attempt(ctx: RequestContext, caller: string, run: () => number): number {
	try {
		return run();
	} catch (error) {
		if (!(error instanceof TokenError)) throw error;
		return ctx.refuse(`${caller}: ${error.message}`);
	}
}

const nowOf = ({ host: { clock } }: RequestContext) => Math.floor(clock.now() / 1000);

function generate(
	ctx: RequestContext,
	caller: string,
	key: () => string,
	[algorithm, claims, headers]: readonly [string, string, string],
): number {
	const result = ctx.get(results);
	result.token = null;
	return attempt(ctx, caller, () => {
		result.token = makeToken(
			key(),
			algorithm,
			fieldsOf('claims', claims),
			headers === '' ? [] : fieldsOf('headers', headers),
			nowOf(ctx),
		);
		return 1;
	});
}

function check(
	ctx: RequestContext,
	caller: string,
	leeway: number,
	key: () => string,
	[algorithm, claims, token]: readonly [string, string, string],
): number {
	const result = ctx.get(results);
	result.status = 0;
	return attempt(ctx, caller, () => {
		if (claims === '') throw new TokenError('there are no claims to look for');
		result.status = checkToken(key(), token, {
			algorithm,
			claims: fieldsOf('claims', claims),
			now: leeway < 0 ? undefined : nowOf(ctx),
			leeway,
		});
		if (result.status === 0) return 1;
		throw new TokenError(`the token is not good: status ${result.status}`);
	});
}

/** The functions of a module whose names begin with `prefix`. */
export function jwtFunctions(prefix: 'jwt' | 'jwt3', stateOf: StateOf): KemiFunction[] {
	const named = (name: string) => `KSR.${prefix}.${prefix}_${name}`;
	const claims = 'claims as name=value;name="text": integers where they have no quotes';
	return [
		fn(
			`${prefix}_generate`,
			[str('key_file'), str('algorithm'), str('claims')],
			'int',
			`Makes a token for $${prefix}(val), signed with the key in a file by HS256, RS256, PS256, ES256 (also with 384, 512), ES256K or EdDSA; ${claims}; iat is added. 1, or -1 if it cannot.`,
			(ctx, file, ...rest) =>
				generate(ctx, named('generate'), () => keyOf(stateOf(ctx), file), [...rest, '']),
			{ cfg: `${prefix}_generate` },
		),
		fn(
			`${prefix}_generate_hdrs`,
			[str('key_file'), str('algorithm'), str('claims'), str('headers')],
			'int',
			`The same as ${prefix}_generate with headers besides alg and typ, in the form of claims; kid also names the key in a set.`,
			(ctx, file, ...rest) => generate(ctx, named('generate_hdrs'), () => keyOf(stateOf(ctx), file), rest),
			{ cfg: `${prefix}_generate` },
		),
		fn(
			`${prefix}_verify`,
			[str('key_file'), str('algorithm'), str('claims'), str('token')],
			'int',
			`1 for a token that the key in a file has signed by that algorithm, that holds the claims, and whose time it is; otherwise -1 after an error line, and what is wrong in $${prefix}(status).`,
			(ctx, file, ...rest) => {
				const state = stateOf(ctx);
				return check(ctx, named('verify'), state.leeway, () => keyOf(state, file), rest);
			},
			{ cfg: `${prefix}_verify` },
		),
		fn(
			`${prefix}_verify_key`,
			[str('key'), str('algorithm'), str('claims'), str('token')],
			'int',
			`The same as ${prefix}_verify with the key itself: PEM, a secret, or a set of keys as JSON.`,
			(ctx, key, ...rest) => check(ctx, named('verify_key'), stateOf(ctx).leeway, () => key, rest),
			{ cfg: `${prefix}_verify_key` },
		),
	];
}

/** `$jwt(val)` or `$jwt3(val)`. */
export function jwtVariable(name: 'jwt' | 'jwt3'): Variable {
	return wordVariable(
		[name],
		`val: the token that ${name}_generate has made, null without one. status: what ${name}_verify found wrong, as a sum: 2 the algorithm, 4 expired, 8 too early, 16, 32, 64 iss, sub, aud differ in the header, 128 a claim is missing, 256 a claim differs; 0 for nothing, or no token of that key.`,
		{ val: (ctx) => ctx.get(results).token, status: (ctx) => ctx.get(results).status },
	);
}
