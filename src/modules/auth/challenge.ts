/**
 * Challenges: the header that asks for credentials, and the reply that carries it (modules/auth/challenge.c).
 *
 * @module
 */

import type { RequestContext } from '../../kemi/context.ts';
import { StoreRefusal } from '../../store/store.ts';
import { sl } from '../sl.ts';
import { makeNonce } from './nonce.ts';
import { type AuthState, algorithmFor, stripRealm } from './state.ts';

/** Who asks: the server itself (401) or a proxy (407). */
export type Asker = 'www' | 'proxy';

/** The flags of the challenging functions. */
const FLAGS = { qopAuth: 1, qopAuthInt: 2, noErrorReply: 4, stale: 16 } as const;

/** What a challenge says besides its nonce. */
export interface ChallengeOptions {
	readonly realm: string;
	readonly asker: Asker;
	readonly qop: 'auth' | 'auth-int' | undefined;
	/** Tells the client that its password is not what was wrong. */
	readonly stale: boolean;
}

/** A challenge as the challenging functions ask for it. */
export interface FlaggedChallenge {
	readonly realm: string;
	/** A sum of flags. */
	readonly flags: number;
	readonly asker: Asker;
}

/** The quality of protection that flags ask for; `authInt` counts before `auth`. */
export function qopOf(flags: number, auth: number, authInt: number): ChallengeOptions['qop'] {
	if (flags & authInt) return 'auth-int';
	return flags & auth ? 'auth' : undefined;
}

/** A challenge as a header line with its line end; undefined after an error line. */
export function challengeLine(
	ctx: RequestContext,
	caller: string,
	state: AuthState,
	{ realm, asker, qop, stale }: ChallengeOptions,
): string | undefined {
	// A quote would end the realm early, and what follows would be parameters of the challenge.
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
	if (/["\\\x00-\x1f\x7f]/.test(realm)) {
		ctx.refuse(`${caller}: a realm cannot hold quotes, backslashes or control characters`);
		return undefined;
	}
	try {
		const { algorithm, named } = algorithmFor(ctx, state);
		const params = [
			`realm="${stripRealm(realm, state)}"`,
			`nonce="${makeNonce(ctx, state)}"`,
			...(qop ? [`qop="${qop}"`] : []),
			...(stale ? ['stale=true'] : []),
			...(named ? [`algorithm=${algorithm}`] : []),
		];
		return `${asker === 'www' ? state.wwwHeader : state.proxyHeader}: Digest ${params.join(', ')}\r\n`;
	} catch (error) {
		if (!(error instanceof StoreRefusal)) throw error;
		ctx.refuse(`${caller}: ${error.message}`);
		return undefined;
	}
}

/** The challenge that the flags of the challenging functions ask for. */
export function challengeByFlags(
	ctx: RequestContext,
	caller: string,
	state: AuthState,
	{ realm, flags, asker }: FlaggedChallenge,
): string | undefined {
	const qop = qopOf(flags, FLAGS.qopAuth, FLAGS.qopAuthInt);
	return challengeLine(ctx, caller, state, { realm, asker, qop, stale: (flags & FLAGS.stale) !== 0 });
}

/**
 * Replies with a challenge.
 * @returns 1; -2 if there is no challenge (the reply is 500 then, unless a flag forbids it), -3 or -4 if the reply
 * is refused
 */
export function replyWithChallenge(
	ctx: RequestContext,
	caller: string,
	state: AuthState,
	challenge: FlaggedChallenge,
): number {
	const { flags, asker } = challenge;
	const { sendReply } = ctx.host.api(sl);
	const line = challengeByFlags(ctx, caller, state, challenge);
	if (line === undefined) {
		if (flags & FLAGS.noErrorReply) return -2;
		return sendReply(ctx, 500, 'Internal Server Error') === 1 ? -2 : -4;
	}
	const refused = ctx.reply.append(line, false);
	if (refused !== undefined) {
		ctx.refuse(`${caller}: ${refused}`);
		return -3;
	}
	const sent =
		asker === 'www'
			? sendReply(ctx, 401, 'Unauthorized')
			: sendReply(ctx, 407, 'Proxy Authentication Required');
	return sent === 1 ? 1 : -3;
}
