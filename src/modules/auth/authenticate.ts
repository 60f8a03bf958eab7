/**
 * Checking credentials (modules/auth/api.c, auth_mod.c).
 *
 * @module
 */
import { lowerAscii } from '../../bytes.ts';
import { chain, recover } from '../../kemi/chain.ts';
import type { RequestContext } from '../../kemi/context.ts';
import { parseDigest, splitUser } from '../../pv/digest.ts';
import { valuesOfKey } from '../../pv/headers.ts';
import { avps } from '../../pv/variables/avp.ts';
import { fromHost, fromUser, toHost, toUser } from '../../pv/variables/sip-headers.ts';
import { StoreRefusal } from '../../store/store.ts';
import { type Asker, challengeLine, qopOf } from './challenge.ts';
import {
	ALGORITHMS,
	agrees,
	areComplete,
	type Credentials,
	hashPassword,
	type Question,
	responseFor,
	sameResponse,
} from './digest.ts';
import { checkNonce, makeNonce } from './nonce.ts';
import { type AuthState, algorithmFor, authRequest, stripRealm } from './state.ts';

/** What the authenticating functions return. */
export const RESULT = {
	ok: 1,
	error: -1,
	wrongPassword: -2,
	unknownUser: -3,
	staleNonce: -4,
	noCredentials: -5,
	nonceReused: -6,
	userMismatch: -8,
} as const;

/** The flags of the authenticating functions. */
const FLAGS = { isHash: 1, challenge: 2, challengeAuth: 4, challengeAuthInt: 8 } as const;

/** The first digest credentials for a realm; undefined without any, null after an error line. */
export function findCredentials(
	ctx: RequestContext,
	caller: string,
	realm: string,
	asker: Asker,
): Credentials | undefined | null {
	const wanted = lowerAscii(realm);
	for (const header of valuesOfKey(ctx, asker === 'www' ? 'authorization' : 'proxy-authorization')) {
		const credentials = parseDigest(header);
		if (credentials === 'other') continue;
		if (credentials === undefined) {
			ctx.refuse(`${caller}: the credentials of the request do not parse`);
			return null;
		}
		if (lowerAscii(credentials.get('realm') ?? '') === wanted) return credentials;
	}
	return undefined;
}

type Passwords = string | readonly string[] | undefined | null;

/** Credentials that are in order as far as nobody's password has to be known. */
interface Attempt {
	readonly credentials: Credentials;
	readonly algorithm: string;
	readonly user: string;
}

/** What credentials are checked for. */
interface Demand {
	readonly realm: string;
	readonly flags: number;
	readonly asker: Asker;
	readonly method: string;
}

/** What credentials are checked against. */
export interface Expected extends Demand {
	/** The password of a user, or its hash, or several any of which may be right; undefined for an unknown user, null behind an error. */
	readonly passwordOf: (user: string) => Passwords;
}

/** The same where the password has to be waited for. */
export interface ExpectedLater extends Demand {
	readonly passwordOf: (user: string) => Promise<Passwords>;
}

/** H(A1) for credentials; undefined after an error line. */
function ha1For(
	ctx: RequestContext,
	caller: string,
	{ algorithm, user }: Attempt,
	{ realm, flags }: Demand,
	password: string,
): string | undefined {
	if (!(flags & FLAGS.isHash)) return hashPassword(algorithm, user, realm, password);
	const { digits = 0 } = ALGORITHMS[algorithm] ?? {};
	if (password.length === digits) return password;
	ctx.refuse(`${caller}: a hash of ${algorithm} has ${digits} digits, this one has ${password.length}`);
	return undefined;
}

/** Adds the Authentication-Info header: the server proves that it knows the password too. */
function addInfo(ctx: RequestContext, state: AuthState, credentials: Credentials, response: string): void {
	const field = (name: string) => credentials.get(name) ?? '';
	const next = state.once ? makeNonce(ctx, state) : field('nonce');
	ctx.reply.append(
		`Authentication-Info: nextnonce="${next}", qop=${field('qop')}, rspauth="${response}", cnonce="${field('cnonce')}", nc=${field('nc')}`,
		false,
	);
}

/** Looks at everything but the password: what is left to be checked, or one of `RESULT`. */
function begin(ctx: RequestContext, caller: string, state: AuthState, expected: Demand): Attempt | number {
	const { realm, asker } = expected;
	const credentials = findCredentials(ctx, caller, realm, asker);
	if (credentials === null) return RESULT.error;
	if (credentials === undefined) return RESULT.noCredentials;
	ctx.get(authRequest).found = true;
	if (!areComplete(credentials)) {
		ctx.refuse(`${caller}: the credentials of the request are not complete`);
		return RESULT.error;
	}
	const verdict = checkNonce(ctx, state, credentials.get('nonce') as string, credentials.get('nc') ?? '');
	if (verdict === 'stale') return RESULT.staleNonce;
	if (verdict === 'reused') return RESULT.nonceReused;
	if (verdict === 'wrong') return RESULT.error;

	const { algorithm } = algorithmFor(ctx, state);
	if (!agrees(credentials, algorithm)) {
		ctx.refuse(`${caller}: the credentials are not made with ${algorithm}`);
		return RESULT.error;
	}
	return { credentials, algorithm, user: credentials.get('username') as string };
}

function finish(
	ctx: RequestContext,
	caller: string,
	state: AuthState,
	expected: Demand,
	attempt: Attempt,
	passwords: Passwords,
): number {
	const { credentials, algorithm, user } = attempt;
	if (passwords === undefined) return RESULT.unknownUser;
	if (passwords === null) return RESULT.error;
	const { method } = expected;
	const theirs = credentials.get('response') as string;
	if (theirs.length !== ALGORITHMS[algorithm]?.digits) return RESULT.error;
	let question: Question | undefined;
	for (const password of [passwords].flat()) {
		const ha1 = ha1For(ctx, caller, attempt, expected, password);
		if (ha1 === undefined) return RESULT.error;
		const asked = { algorithm, ha1, method, body: ctx.request.body };
		if (sameResponse(responseFor(credentials, asked), theirs)) question = asked;
	}
	if (!question) return RESULT.wrongPassword;
	if (state.addsInfo) addInfo(ctx, state, credentials, responseFor(credentials, { ...question, method: '' }));
	const { user: name, domain } = splitUser(user);
	Object.assign(ctx.get(authRequest), { user: name, realm: domain || credentials.get('realm') });
	return RESULT.ok;
}

/** Puts a challenge into the AVP for challenges, where flags ask for one. False if there is none to put. */
function keepChallenge(
	ctx: RequestContext,
	caller: string,
	state: AuthState,
	{ realm, flags, asker }: Demand,
): boolean {
	if (!(flags & (FLAGS.challenge | FLAGS.challengeAuth | FLAGS.challengeAuthInt))) return true;
	const qop = qopOf(flags, FLAGS.challengeAuth, FLAGS.challengeAuthInt);
	const line = challengeLine(ctx, caller, state, { realm, asker, qop, stale: false });
	if (line !== undefined) ctx.get(avps).push(state.challengeAvp, line);
	return line !== undefined;
}

/** Checks the credentials of a request: one of `RESULT`, later where the password comes later. */
export function authenticate(ctx: RequestContext, caller: string, state: AuthState, given: Expected): number;
export function authenticate(
	ctx: RequestContext,
	caller: string,
	state: AuthState,
	given: ExpectedLater,
): number | Promise<number>;
export function authenticate(
	ctx: RequestContext,
	caller: string,
	state: AuthState,
	given: Expected | ExpectedLater,
): number | Promise<number> {
	const expected = { ...given, realm: stripRealm(given.realm, state) };
	const end = (result: number): number => {
		if (result > 0) return result;
		return keepChallenge(ctx, caller, state, expected) ? result : RESULT.error;
	};
	return recover(
		() => {
			const attempt = begin(ctx, caller, state, expected);
			if (typeof attempt === 'number') return end(attempt);
			return chain(expected.passwordOf(attempt.user), (passwords) =>
				end(finish(ctx, caller, state, expected, attempt, passwords)),
			);
		},
		(error) => {
			if (!(error instanceof StoreRefusal)) throw error;
			return ctx.refuse(`${caller}: ${error.message}`);
		},
	);
}

/** The user of the credentials of a request, whichever header holds them; undefined without any. */
function authenticatedUser(ctx: RequestContext): string | undefined {
	for (const key of ['proxy-authorization', 'authorization'])
		for (const header of valuesOfKey(ctx, key)) {
			const credentials = parseDigest(header);
			if (typeof credentials === 'object') return splitUser(credentials.get('username') ?? '').user;
		}
	return undefined;
}

/** Compares the user of the credentials with those of From, To and the request's URI, as SIP wants it. */
export function compareUsers(ctx: RequestContext, { useDomain }: AuthState): number {
	const user = authenticatedUser(ctx);
	const from = fromUser(ctx);
	if (user === undefined || from === null) return RESULT.error;
	const { method } = ctx.request;
	if (method !== 'REGISTER' && method !== 'PUBLISH') return user === from ? RESULT.ok : RESULT.userMismatch;
	const to = toUser(ctx);
	if (to === null) return RESULT.error;
	const same = user === to && from === to && (!useDomain || fromHost(ctx) === toHost(ctx));
	return same ? RESULT.ok : RESULT.userMismatch;
}
