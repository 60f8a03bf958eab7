/**
 * What the auth module keeps: its parameters, and the secrets that all children share.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { KemihostError } from '../../errors.ts';
import type { HostServices, RequestContext } from '../../kemi/context.ts';
import { requestLocal } from '../../kemi/context.ts';
import type { ModuleParam, ParamValues } from '../../kemi/module.ts';
import type { SharedTable } from '../../store/store.ts';
import { ALGORITHMS } from './digest.ts';
import type { NonceRules } from './nonce.ts';

/** The module's state. */
export interface AuthState extends NonceRules {
	/** One of `ALGORITHMS`, and whether a challenge names it. */
	readonly algorithm: string;
	readonly namesAlgorithm: boolean;
	/** Stripped from the beginning of realms; empty for nothing. */
	readonly realmPrefix: string;
	/** The AVP that takes a challenge. */
	readonly challengeAvp: string;
	readonly wwwHeader: string;
	readonly proxyHeader: string;
	/** Whether a good answer gets an Authentication-Info header. */
	readonly addsInfo: boolean;
	/** Whether the domain counts where users of headers are compared. */
	readonly useDomain: boolean;
}

const ignored = (name: string, type: 'str' | 'int', value: string | number): ModuleParam => ({
	name,
	type,
	default: value,
	doc: 'Changes nothing.',
});

/** The module's parameters. */
export const authParams: readonly ModuleParam[] = [
	{
		name: 'secret',
		type: 'str',
		default: null,
		doc: 'Signs nonces. Without it they are signed with a secret made at the start, and end with it.',
	},
	{ name: 'nonce_expire', type: 'int', default: 300, doc: 'How long a nonce is good, in seconds.' },
	{
		name: 'nonce_auth_max_drift',
		type: 'int',
		default: 3,
		doc: 'How many seconds a nonce may come from the future, from a server whose clock is ahead.',
	},
	{
		name: 'nonce_count',
		type: 'int',
		default: 0,
		doc: '1 lets each use of a nonce bring a higher count (nc), up to 255: what was recorded cannot be sent again.',
	},
	{ name: 'one_time_nonce', type: 'int', default: 0, doc: '1 lets a nonce be used once only.' },
	{
		name: 'auth_checks_register',
		type: 'int',
		default: 0,
		doc: 'The same as auth_checks_no_dlg, for the method REGISTER.',
	},
	{
		name: 'auth_checks_no_dlg',
		type: 'int',
		default: 0,
		doc: "Parts of the request that a nonce is bound to, as a sum: 1 the target, 2 Call-ID, 4 the tag of From, 8 the client's address.",
	},
	{
		name: 'auth_checks_in_dlg',
		type: 'int',
		default: 0,
		doc: 'The same as auth_checks_no_dlg, for requests whose To header has a tag.',
	},
	{
		name: 'algorithm',
		type: 'str',
		default: '',
		doc: 'MD5, SHA-256, SHA-512 or SHA-512-256; empty for MD5 without its name in the challenge.',
	},
	{ name: 'realm_prefix', type: 'str', default: '', doc: 'Stripped from the beginning of realms.' },
	{
		name: 'challenge_attr',
		type: 'str',
		default: '$digest_challenge',
		doc: 'The AVP that the authenticating functions put a challenge into, where their flags ask for one.',
	},
	{
		name: 'www_challenge_header',
		type: 'str',
		default: 'WWW-Authenticate',
		doc: "The name of a challenge's header.",
	},
	{
		name: 'proxy_challenge_header',
		type: 'str',
		default: 'Proxy-Authenticate',
		doc: "The name of a proxy challenge's header.",
	},
	{
		name: 'add_authinfo_hdr',
		type: 'int',
		default: 0,
		doc: '1 adds an Authentication-Info header to the reply where credentials were good.',
	},
	{
		name: 'use_domain',
		type: 'int',
		default: 0,
		doc: '1 compares domains too where pv_auth_check compares users.',
	},
	ignored('qop', 'str', 'auth'),
	ignored('protect_contacts', 'int', 0),
	ignored('force_stateless_reply', 'int', 0),
	ignored('nc_array_size', 'int', 0),
	ignored('nc_array_order', 'int', 0),
	ignored('otn_in_flight_no', 'int', 0),
	ignored('otn_in_flight_order', 'int', 0),
	ignored('nid_pool_no', 'int', 1),
];

/** A value that the first child makes and all others read. */
function shared<T extends string | number>(table: SharedTable, key: string, make: () => T): T {
	table.declare(key, make());
	return table.get(key) as T;
}

function secrets(params: ParamValues, table: SharedTable, halved: boolean): [Buffer, Buffer] {
	const given = params.str('secret');
	if (given === null) {
		const random = (name: string) =>
			Buffer.from(
				shared(table, name, () => randomBytes(32).toString('latin1')),
				'latin1',
			);
		return [random('secret'), random('secret for parts')];
	}
	// Kamailio divides the secret where parts of the request are signed too, so that two signatures have two secrets.
	const secret = Buffer.from(given, 'latin1');
	const half = Math.ceil(secret.length / 2);
	return halved ? [secret.subarray(0, half), secret.subarray(half)] : [secret, Buffer.alloc(0)];
}

/**
 * Makes the state.
 * @throws KemihostError `KH_MODPARAM`
 */
export function createState(params: ParamValues, { store }: HostServices): AuthState {
	const wrong = (name: string, why: string) =>
		new KemihostError('KH_MODPARAM', `parameter ${name} of module auth: ${why}`);
	const algorithm = params.str('algorithm') ?? '';
	if (algorithm && !Object.hasOwn(ALGORITHMS, algorithm))
		throw wrong('algorithm', `"${algorithm}" is none of ${Object.keys(ALGORITHMS).join(', ')}`);
	const [, challengeAvp] = /^\$(?:avp\((?:s:)?)?([\w-]+)\)?$/.exec(params.str('challenge_attr') ?? '') ?? [];
	if (!challengeAvp) throw wrong('challenge_attr', 'it is no $name of an AVP');
	const parts = {
		register: params.int('auth_checks_register'),
		outOfDialog: params.int('auth_checks_no_dlg'),
		inDialog: params.int('auth_checks_in_dlg'),
	};
	const table = store.table('auth');
	const [secret, partsSecret] = secrets(params, table, Object.values(parts).some(Boolean));
	return {
		secret,
		partsSecret,
		notBefore: shared(table, 'start', () => Math.floor(Date.now() / 1000)),
		lifetime: params.int('nonce_expire'),
		drift: params.int('nonce_auth_max_drift'),
		count: params.int('nonce_count') !== 0,
		once: params.int('one_time_nonce') !== 0,
		parts,
		known: store.table('auth nonces'),
		algorithm: algorithm || 'MD5',
		namesAlgorithm: algorithm !== '',
		realmPrefix: params.str('realm_prefix') ?? '',
		challengeAvp,
		wwwHeader: params.str('www_challenge_header') || 'WWW-Authenticate',
		proxyHeader: params.str('proxy_challenge_header') || 'Proxy-Authenticate',
		addsInfo: params.int('add_authinfo_hdr') !== 0,
		useDomain: params.int('use_domain') !== 0,
	};
}

/** What belongs to a request. */
interface AuthRequest {
	/** Credentials were looked at. */
	found: boolean;
	/** The user whose credentials were good. */
	user: string | undefined;
	/** What that user was checked for: the domain that stands with its name, else the realm. */
	realm: string | undefined;
	/** An algorithm of its own. */
	algorithm: string | undefined;
}

/** What belongs to a request: the credentials that were looked at, an algorithm of its own. */
export const authRequest = requestLocal<AuthRequest>(() => ({
	found: false,
	user: undefined,
	realm: undefined,
	algorithm: undefined,
}));

/** The algorithm for a request, and whether a challenge names it. */
export function algorithmFor(ctx: RequestContext, state: AuthState): { algorithm: string; named: boolean } {
	const { algorithm } = ctx.get(authRequest);
	return algorithm ? { algorithm, named: true } : { algorithm: state.algorithm, named: state.namesAlgorithm };
}

/** A realm without the configured prefix. */
export function stripRealm(realm: string, { realmPrefix }: AuthState): string {
	return realm.startsWith(realmPrefix) ? realm.slice(realmPrefix.length) : realm;
}
