/**
 * Tokens in their compact form (RFC 7519), made and checked as libjwt does, on which Kamailio relies.
 *
 * @module
 */
import { algorithmOf } from './algorithms.ts';
import { readKey, TokenError } from './keys.ts';

/** A claim or header: a byte string or an integer. */
export type Field = readonly [name: string, value: string | number];

type Json = Readonly<Record<string, unknown>>;

/** What is wrong with a token, as the bits of `$jwt(status)`. */
export const STATUS = {
	algorithm: 0x0002,
	expired: 0x0004,
	early: 0x0008,
	issuer: 0x0010,
	subject: 0x0020,
	audience: 0x0040,
	missing: 0x0080,
	differs: 0x0100,
} as const;

function algorithm(name: string) {
	const found = algorithmOf(name);
	if (!found) throw new TokenError(`there is no algorithm "${name}"`);
	return found;
}

const utf8 = (bytes: string) => Buffer.from(bytes, 'latin1').toString('utf8');

/** A part of a token; names in order, as libjwt writes them. */
function encode(fields: readonly Field[]): string {
	const part: Record<string, unknown> = Object.create(null);
	for (const [name, value] of fields) {
		const key = utf8(name);
		if (key in part) throw new TokenError(`"${name}" is given twice`);
		part[key] = typeof value === 'string' ? utf8(value) : value;
	}
	const sorted = Object.keys(part).sort();
	// no object: numbers as names would come first
	const text = sorted.map((key) => `${JSON.stringify(key)}:${JSON.stringify(part[key])}`).join(',');
	return Buffer.from(`{${text}}`).toString('base64url');
}

/**
 * Makes a token.
 * @param keyText a private key or a secret
 * @param claims besides `iat`, which is added
 * @param now Unix time in seconds
 * @throws TokenError
 */
export function makeToken(
	keyText: string,
	algorithmName: string,
	claims: readonly Field[],
	headers: readonly Field[],
	now: number,
): string {
	const { name, sign } = algorithm(algorithmName);
	const kid = headers.find(([header]) => header === 'kid')?.[1];
	const key = readKey(keyText, algorithm(name), 'sign', kid === undefined ? undefined : utf8(String(kid)));
	const typ: readonly Field[] = headers.some(([header]) => header === 'typ') ? [] : [['typ', 'JWT']];
	const data = `${encode([['alg', name], ...typ, ...headers])}.${encode([['iat', now], ...claims])}`;
	try {
		return `${data}.${sign(data, key).toString('base64url')}`;
	} catch (error) {
		throw new TokenError(`the token cannot be signed: ${(error as Error).message}`);
	}
}

function decode(part: string): Json {
	try {
		const json: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
		if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Json;
	} catch {
		// as one that is no object
	}
	throw new TokenError('the token holds no JSON');
}

/** What to check of a token. */
export interface Wanted {
	readonly algorithm: string;
	/** Claims it has to have. */
	readonly claims: readonly Field[];
	/** Unix time in seconds; undefined if `exp` and `nbf` do not matter. */
	readonly now: number | undefined;
	/** By how many seconds clocks may differ. */
	readonly leeway: number;
}

/**
 * Checks a token: first its signature, then what it says.
 * @param keyText a public key or a secret
 * @returns the bits of what is wrong with it, 0 for nothing
 * @throws TokenError if it is no token, or was not signed with that key
 */
export function checkToken(keyText: string, token: string, wanted: Wanted): number {
	const expected = algorithm(wanted.algorithm);
	const [, head = '', body = '', signature = ''] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token) ?? [];
	if (head === '') throw new TokenError('this is no token');
	const headers = decode(head);
	// The token's own word for its algorithm is never followed.
	if (algorithmOf(String(headers['alg']))?.name !== expected.name) return STATUS.algorithm;
	const { kid } = headers;
	const key = readKey(keyText, expected, 'verify', typeof kid === 'string' ? kid : undefined);
	if (!expected.verify(`${head}.${body}`, key, Buffer.from(signature, 'base64url')))
		throw new TokenError('the signature is not by this key');
	return status(headers, decode(body), wanted);
}

function status(headers: Json, claims: Json, { claims: wanted, now, leeway }: Wanted): number {
	let bits = 0;
	const { exp, nbf } = claims;
	if (now !== undefined) {
		if (typeof exp === 'number' && now - leeway >= exp) bits |= STATUS.expired;
		if (typeof nbf === 'number' && now + leeway < nbf) bits |= STATUS.early;
	}
	// what a header repeats has to be the same there
	for (const [name, bit] of [
		['iss', STATUS.issuer],
		['sub', STATUS.subject],
		['aud', STATUS.audience],
	] as const)
		if (name in headers && name in claims && JSON.stringify(headers[name]) !== JSON.stringify(claims[name]))
			bits |= bit;
	for (const [name, value] of wanted) {
		const key = utf8(name);
		if (!Object.hasOwn(claims, key)) bits |= STATUS.missing;
		else if (claims[key] !== (typeof value === 'string' ? utf8(value) : value)) bits |= STATUS.differs;
	}
	return bits;
}
