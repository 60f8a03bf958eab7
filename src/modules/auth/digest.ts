/**
 * The arithmetic of digest authentication (RFC 7616, RFC 2617; modules/auth/rfc2617.c).
 *
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Algorithms by the names that stand in headers, with OpenSSL's names and the length of a hash in hex digits. */
export const ALGORITHMS: Readonly<Record<string, { readonly hash: string; readonly digits: number }>> = {
	MD5: { hash: 'md5', digits: 32 },
	'SHA-256': { hash: 'sha256', digits: 64 },
	'SHA-512': { hash: 'sha512', digits: 128 },
	'SHA-512-256': { hash: 'sha512-256', digits: 64 },
};

/** What a client sent, by the names of the header's parameters. */
export type Credentials = ReadonlyMap<string, string>;

/** A hash in hex digits of byte strings joined by colons. */
function hash(algorithm: string, ...parts: readonly string[]): string {
	const { hash: name } = ALGORITHMS[algorithm] as { hash: string };
	return createHash(name).update(parts.join(':'), 'latin1').digest('hex');
}

/** H(A1) of a user. */
export function hashPassword(algorithm: string, user: string, realm: string, password: string): string {
	return hash(algorithm, user, realm, password);
}

/** What the response has to be computed for. */
export interface Question {
	/** One of `ALGORITHMS`. */
	readonly algorithm: string;
	/** H(A1) in hex digits. */
	readonly ha1: string;
	/** The request's method; empty for the server's own proof in Authentication-Info. */
	readonly method: string;
	/** The request's content, which `qop=auth-int` protects too. */
	readonly body: Buffer;
}

/** The response that belongs to credentials. */
export function responseFor(credentials: Credentials, { algorithm, ha1, method, body }: Question): string {
	const field = (name: string) => credentials.get(name) ?? '';
	const session = /-sess$/i.test(field('algorithm').trim());
	const key = session ? hash(algorithm, ha1, field('nonce'), field('cnonce')) : ha1;
	const qop = field('qop');
	const isInt = qop.trim().toLowerCase() === 'auth-int';
	const ha2 = isInt
		? hash(algorithm, method, field('uri'), hash(algorithm, body.toString('latin1')))
		: hash(algorithm, method, field('uri'));
	return qop
		? hash(algorithm, key, field('nonce'), field('nc'), field('cnonce'), qop, ha2)
		: hash(algorithm, key, field('nonce'), ha2);
}

/** Compares two responses in the same time whatever they hold. */
export function sameResponse(a: string, b: string): boolean {
	return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
}

/** True if credentials hold all that a response is made of. */
export function areComplete(credentials: Credentials): boolean {
	const has = (name: string) => credentials.has(name);
	if (!['username', 'realm', 'nonce', 'uri', 'response'].every(has)) return false;
	const qop = credentials.get('qop')?.trim().toLowerCase();
	return qop !== 'auth' && qop !== 'auth-int' ? true : has('cnonce') && has('nc');
}

/** True if a client's algorithm is the server's, or none, or its form with a session (`MD5-sess`). */
export function agrees(credentials: Credentials, algorithm: string): boolean {
	const theirs = credentials
		.get('algorithm')
		?.trim()
		.replace(/-sess$/i, '');
	return !theirs || theirs.toUpperCase() === algorithm;
}
