/**
 * The auth module: digest authentication (modules/auth). Kamailio made it for SIP; HTTP has the same scheme (RFC 7616),
 * and xcap_server and others use it so.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, type KemiModule, str, variable } from '../kemi/module.ts';
import {
	authenticate,
	compareUsers,
	type Expected,
	type ExpectedLater,
	findCredentials,
	RESULT,
} from './auth/authenticate.ts';
import { type Asker, challengeByFlags, replyWithChallenge } from './auth/challenge.ts';
import { ALGORITHMS } from './auth/digest.ts';
import { type AuthState, authParams, authRequest, createState } from './auth/state.ts';
import { outputVariable } from './output-variable.ts';
import { sl } from './sl.ts';

/** What the module offers to others. */
export interface AuthApi {
	/**
	 * Checks the credentials of a request against passwords that somebody else keeps.
	 * @returns 1 good, -1 error, -2 wrong password, -3 unknown user, -4 stale nonce, -5 no credentials, -6 nonce used before
	 */
	authenticate(ctx: RequestContext, caller: string, expected: Expected): number;
	/** The same where the passwords have to be waited for. */
	authenticateLater(ctx: RequestContext, caller: string, expected: ExpectedLater): number | Promise<number>;
	/** Compares the user of the credentials with that of From: 1, or -8 where they differ. */
	compareUsers(ctx: RequestContext): number;
	/** Who has proved who it is, by credentials that were checked before; undefined for nobody. */
	authenticated(ctx: RequestContext): { readonly user: string; readonly realm: string } | undefined;
}

const CHALLENGE_FLAGS = '1 for qop=auth, 2 for qop=auth-int, 4 for no reply on errors, 16 for stale=true';
const CHECK_FLAGS =
	'1 if the password is a hash (HA1); 2, 4 or 8 put a challenge into $avp(digest_challenge) on failure: without qop, with auth, with auth-int';
const RESULTS =
	'1, -1 on errors, -2 for a wrong password, -4 for a stale nonce, -5 without credentials, -6 for a nonce that was used before';

/** The header that requests of a method carry their credentials in: Kamailio asks for a registration as a server. */
function askerFor(ctx: RequestContext): Asker {
	return ctx.request.method === 'REGISTER' ? 'www' : 'proxy';
}

function challengeFunction(name: string, doc: string, asker: (ctx: RequestContext) => Asker): KemiFunction {
	return fn(
		name,
		[str('realm'), int('flags')],
		'int',
		`${doc} Flags, as a sum: ${CHALLENGE_FLAGS}. Gives 1, or less than 0 if it fails.`,
		(ctx, realm, flags) =>
			replyWithChallenge(ctx, `KSR.auth.${name}`, ctx.state(auth), { realm, flags, asker: asker(ctx) }),
		{ sendsReply: true, cfg: name },
	);
}

/** What credentials are checked for; without a method, for that of the request. */
interface Check {
	readonly asker: Asker;
	readonly realm: string;
	/** The password, or its hash if the flags say so. */
	readonly password: string;
	readonly flags: number;
	readonly method?: string;
}

function check(ctx: RequestContext, caller: string, { password, ...rest }: Check): number {
	const { method } = ctx.request;
	return authenticate(ctx, caller, ctx.state(auth), { method, ...rest, passwordOf: () => password });
}

function checkFunction(name: string, asker: Asker, header: string): KemiFunction {
	return fn(
		name,
		[str('realm'), str('password'), int('flags')],
		'int',
		`Checks the digest credentials in ${header}: ${RESULTS}. Flags, as a sum: ${CHECK_FLAGS}.`,
		(ctx, realm, password, flags) => check(ctx, `KSR.auth.${name}`, { asker, realm, password, flags }),
		{ cfg: name },
	);
}

/** The functions on KSR.auth. */
export const auth: KemiModule<AuthState, AuthApi> = defineModule<AuthState, AuthApi>({
	name: 'auth',
	doc: 'Digest authentication.',
	depends: [sl.name],
	params: authParams,
	init: createState,
	api: {
		authenticate: (ctx, caller, expected) => authenticate(ctx, caller, ctx.state(auth), expected),
		authenticateLater: (ctx, caller, expected) => authenticate(ctx, caller, ctx.state(auth), expected),
		compareUsers: (ctx) => compareUsers(ctx, ctx.state(auth)),
		authenticated(ctx) {
			const { user, realm } = ctx.get(authRequest);
			return user === undefined ? undefined : { user, realm: realm ?? '' };
		},
	},
	functions: [
		challengeFunction(
			'www_challenge',
			'Replies 401 with a digest challenge in WWW-Authenticate.',
			() => 'www',
		),
		challengeFunction(
			'proxy_challenge',
			'Replies 407 with a digest challenge in Proxy-Authenticate.',
			() => 'proxy',
		),
		challengeFunction(
			'auth_challenge',
			'The same as proxy_challenge; as www_challenge for the method REGISTER.',
			askerFor,
		),
		checkFunction('pv_www_authenticate', 'www', 'Authorization'),
		checkFunction('pv_proxy_authenticate', 'proxy', 'Proxy-Authorization'),
		fn(
			'pv_www_authenticate_method',
			[str('realm'), str('password'), int('flags'), str('method')],
			'int',
			'The same as pv_www_authenticate, for a method that is not that of the request.',
			(ctx, realm, password, flags, method) =>
				check(ctx, 'KSR.auth.pv_www_authenticate_method', { asker: 'www', realm, password, flags, method }),
			{ cfg: 'pv_www_authenticate' },
		),
		fn(
			'pv_auth_check',
			[str('realm'), str('password'), int('flags'), int('checks')],
			'int',
			'The same as pv_proxy_authenticate, as pv_www_authenticate for the method REGISTER; with 1 for checks the user has to be that of From too, else -8.',
			(ctx, realm, password, flags, checks) => {
				const state = ctx.state(auth);
				const asker = askerFor(ctx);
				const result = check(ctx, 'KSR.auth.pv_auth_check', { asker, realm, password, flags });
				return result === RESULT.ok && checks & 1 ? compareUsers(ctx, state) : result;
			},
			{ cfg: 'pv_auth_check' },
		),
		fn(
			'has_credentials',
			[str('realm')],
			'int',
			'1 if Proxy-Authorization or Authorization holds digest credentials for a realm, -1 if not.',
			(ctx, realm) => {
				const has = (asker: Asker) => findCredentials(ctx, 'KSR.auth.has_credentials', realm, asker);
				return has('proxy') || has('www') ? 1 : -1;
			},
			{ cfg: 'has_credentials' },
		),
		fn(
			'consume_credentials',
			[],
			'int',
			'Removes credentials that were checked from a forwarded request, which no handler could see: 1, or -1 if none were checked.',
			(ctx) => {
				if (ctx.get(authRequest).found) return 1;
				return ctx.refuse('KSR.auth.consume_credentials: no credentials were checked');
			},
			{ cfg: 'consume_credentials' },
		),
		fn(
			'auth_get_www_authenticate',
			[str('realm'), int('flags'), variable('variable')],
			'int',
			`Puts the header line of a challenge into a variable, for append_to_reply. Flags, as a sum: ${CHALLENGE_FLAGS}. Gives 1, or less than 0.`,
			(ctx, realm, flags, name) => {
				const caller = 'KSR.auth.auth_get_www_authenticate';
				const output = outputVariable(ctx, caller, name);
				if (!output) return -1;
				const line = challengeByFlags(ctx, caller, ctx.state(auth), { realm, flags, asker: 'www' });
				if (line === undefined) return -2;
				output.set(ctx, line);
				return 1;
			},
			{ cfg: 'auth_get_www_authenticate' },
		),
		fn(
			'auth_algorithm',
			[str('algorithm')],
			'int',
			'Chooses the algorithm for this request: MD5, SHA-256, SHA-512 or SHA-512-256. Gives 1, or -1 for another.',
			(ctx, algorithm) => {
				if (!Object.hasOwn(ALGORITHMS, algorithm))
					return ctx.refuse(
						`KSR.auth.auth_algorithm: "${algorithm}" is none of ${Object.keys(ALGORITHMS).join(', ')}`,
					);
				ctx.get(authRequest).algorithm = algorithm;
				return 1;
			},
			{ cfg: 'auth_algorithm' },
		),
	],
	cfgFunctions: [
		checkFunction('pv_www_authorize', 'www', 'Authorization'),
		checkFunction('pv_proxy_authorize', 'proxy', 'Proxy-Authorization'),
	],
});
