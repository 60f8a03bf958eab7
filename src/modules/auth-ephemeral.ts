/**
 * KSR.auth_ephemeral: credentials that a web service has made with a secret it shares with the host, and that end by themselves
 * (modules/auth_ephemeral). The user name holds the time they end, `1800000000:alice`; the password is a signature of it.
 *
 * It is built from Kamailio's documentation and source: Debian's 5.6.3 does not have it.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiFunction, type KemiModule, str } from '../kemi/module.ts';
import { type RpcCall, RpcFault, rpc, sameEverywhere } from '../kemi/rpc.ts';
import { RESULT } from './auth/authenticate.ts';
import type { Asker } from './auth/challenge.ts';
import { auth } from './auth.ts';

/** What a user name that has ended gives. */
const EXPIRED = -7;

const HASHES = ['sha1', 'sha256', 'sha384', 'sha512'];

/** What the module keeps. */
interface EphemeralState {
	/** The one tried first stands first. */
	readonly secrets: string[];
	readonly hash: string;
	/** True for `1800000000:alice`, false for `alice:1800000000`. */
	readonly timeFirst: boolean;
}

/** The password that belongs to a user name. */
function passwordOf(user: string, secret: string, { hash }: EphemeralState): string {
	return createHmac(hash, Buffer.from(secret, 'latin1')).update(user, 'latin1').digest('base64');
}

/** 1 for a user name whose time has not come, -1 after an error line for one without a time, `EXPIRED` for one that has ended. */
function checkTime(ctx: RequestContext, caller: string, user: string): number {
	const [first = '', ...rest] = user.split(':');
	const after = rest.join(':');
	const time = after === '' ? user : ctx.state(authEphemeral).timeFirst ? first : after;
	if (!/^\d{1,10}$/.test(time)) return ctx.refuse(`${caller}: the user name holds no time it ends`);
	if (Math.floor(ctx.host.clock.now() / 1000) <= Number(time)) return RESULT.ok;
	ctx.report('warning', `${caller}: the user name has ended`);
	return EXPIRED;
}

/** Checks digest credentials. */
function digest(
	ctx: RequestContext,
	name: string,
	asker: Asker,
	realm: string,
	method = ctx.request.method,
): number {
	const caller = `KSR.auth_ephemeral.${name}`;
	if (realm === '') return ctx.refuse(`${caller}: the realm is empty`);
	if (method === '') return ctx.refuse(`${caller}: the method is empty`);
	const state = ctx.state(authEphemeral);
	let time: number = RESULT.ok;
	const passwords = (user: string) => {
		time = checkTime(ctx, caller, user);
		return time === RESULT.ok ? state.secrets.map((secret) => passwordOf(user, secret, state)) : [];
	};
	const expected = { realm, passwordOf: passwords, flags: 0, asker, method };
	const result = ctx.host.api(auth).authenticate(ctx, caller, expected);
	return time === RESULT.ok ? result : time;
}

const RESULTS = `1, -1 on errors, -2 for a wrong password, -4 for a stale nonce, -5 without credentials, -6 for a nonce that was used before, ${EXPIRED} for a user name that has ended`;

function digestFunction(name: string, doc: string, askerOf: (ctx: RequestContext) => Asker): KemiFunction {
	const run = (ctx: RequestContext, realm: string) => digest(ctx, name, askerOf(ctx), realm);
	return fn(name, [str('realm')], 'int', `${doc} ${RESULTS}.`, run, { cfg: name });
}

/** Checks a name and a password that came in another way than by digest. */
function authenticatePlain(ctx: RequestContext, user: string, password: string): number {
	const caller = 'KSR.auth_ephemeral.autheph_authenticate';
	if (user === '' || password === '') return ctx.refuse(`${caller}: a parameter is empty`);
	const time = checkTime(ctx, caller, user);
	if (time !== RESULT.ok) return time;
	const state = ctx.state(authEphemeral);
	const given = Buffer.from(password, 'latin1');
	return state.secrets.some((secret) => {
		const good = Buffer.from(passwordOf(user, secret, state), 'latin1');
		return good.length === given.length && timingSafeEqual(good, given);
	})
		? RESULT.ok
		: RESULT.error;
}

const stateOf = ({ host }: RpcCall) => host.state(authEphemeral);
const noSecret = new RpcFault(500, 'Invalid Parameters');

/** The functions on KSR.auth_ephemeral. */
export const authEphemeral: KemiModule<EphemeralState> = defineModule<EphemeralState>({
	name: 'auth_ephemeral',
	doc: 'Credentials that end by themselves.',
	depends: [auth.name],
	params: [
		{
			name: 'secret',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'The secret shared with the service that makes credentials; of several the last one given is tried first.',
		},
		{
			name: 'username_format',
			type: 'int',
			default: 1,
			doc: '1 for user names such as 1800000000:alice, 0 for alice:1800000000.',
		},
		{
			name: 'sha_algorithm',
			type: 'int',
			default: 0,
			doc: 'The hash of passwords: 0 SHA-1, 1 SHA-256, 2 SHA-384, 3 SHA-512.',
		},
	],
	init: (params) => ({
		secrets: params.all('secret').map(String).reverse(),
		hash: HASHES[params.int('sha_algorithm')] ?? 'sha1',
		timeFirst: params.int('username_format') !== 0,
	}),
	functions: [
		digestFunction('autheph_www', 'Checks the digest credentials in Authorization:', () => 'www'),
		digestFunction('autheph_proxy', 'Checks the digest credentials in Proxy-Authorization:', () => 'proxy'),
		digestFunction(
			'autheph_check',
			'The same as autheph_proxy; as autheph_www for the method REGISTER:',
			(ctx) => (ctx.request.method === 'REGISTER' ? 'www' : 'proxy'),
		),
		fn(
			'autheph_www_method',
			[str('realm'), str('method')],
			'int',
			'The same as autheph_www, for a method that is not that of the request.',
			(ctx, realm, method) => digest(ctx, 'autheph_www_method', 'www', realm, method),
			{ cfg: 'autheph_www' },
		),
		fn(
			'autheph_authenticate',
			[str('user'), str('password')],
			'int',
			`Checks a user name and its password, however they came: 1, -1 if they are not good, ${EXPIRED} for a user name that has ended.`,
			authenticatePlain,
			{ cfg: 'autheph_authenticate' },
		),
	],
	rpc: [
		rpc(
			'autheph.add_secret',
			'SECRET',
			'Adds a secret, which is tried first from now on.',
			(call) => {
				stateOf(call).secrets.unshift(call.str(noSecret));
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'autheph.rm_secret',
			'ID',
			'Takes a secret away, by its number in autheph.dump_secrets.',
			(call) => {
				const { secrets } = stateOf(call);
				const id = call.int(noSecret);
				if (secrets[id] === undefined) throw new RpcFault(500, `ID ${id} does not exist`);
				secrets.splice(id, 1);
				return undefined;
			},
			sameEverywhere,
		),
		rpc(
			'autheph.dump_secrets',
			'',
			'The numbers of all secrets, and how long they are; not the secrets.',
			(call) => stateOf(call).secrets.map((secret, id) => ({ id, length: secret.length })),
		),
	],
});
