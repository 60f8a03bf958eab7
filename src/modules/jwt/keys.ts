/**
 * Keys of tokens: PEM, a secret as it is, or a set of keys (RFC 7517), in a file or as a text.
 *
 * @module
 */
import {
	createPrivateKey,
	createPublicKey,
	createSecretKey,
	type JsonWebKey,
	type KeyObject,
} from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { type Algorithm, misfit } from './algorithms.ts';

/** Why there is no token, or no good one. */
export class TokenError extends Error {}

/** Keys are short; Kamailio reads so many bytes of a file with one key, a set may hold several. */
const LONGEST_KEY = 256 * 1024;

/** What is between the ends of a text: a line end behind a secret is not part of it. */
const trim = (text: string) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/**
 * Reads a file with keys, as a byte string.
 * @throws TokenError
 */
export function readKeyFile(path: string): string {
	const name = Buffer.from(path, 'latin1').toString('utf8');
	try {
		const { size } = name.includes('\0') ? { size: -1 } : fileOf(name);
		if (size < 0 || size > LONGEST_KEY) throw new Error(`its size is ${size} bytes`);
		const text = trim(readFileSync(name, 'latin1'));
		if (text === '') throw new Error('it is empty');
		return text;
	} catch (error) {
		throw new TokenError(`the key file ${path} cannot be read: ${(error as Error).message}`);
	}
}

function fileOf(name: string): { size: number } {
	const found = statSync(name);
	if (!found.isFile()) throw new Error('it is no regular file');
	return found;
}

/** A set of keys, or a single one, as JSON; undefined if the text is something else. */
function keySet(text: string): readonly (JsonWebKey & { kid?: unknown })[] | undefined {
	if (!text.startsWith('{')) return undefined;
	try {
		const set: unknown = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'));
		if (typeof set !== 'object' || set === null) return undefined;
		if ('keys' in set) return Array.isArray(set.keys) ? set.keys : undefined;
		return 'kty' in set ? [set as JsonWebKey] : undefined;
	} catch {
		return undefined;
	}
}

function fromJson(jwk: JsonWebKey, use: 'sign' | 'verify'): KeyObject {
	if (jwk.kty === 'oct') return createSecretKey(Buffer.from(String(jwk.k ?? ''), 'base64url'));
	return use === 'sign'
		? createPrivateKey({ key: jwk, format: 'jwk' })
		: createPublicKey({ key: jwk, format: 'jwk' });
}

/** How many keys are kept as they come out of their texts. */
const KEPT = 64;
const kept = new Map<string, KeyObject>();

/**
 * The key that a text holds, for an algorithm.
 * @param kid which key of a set; without one its first
 * @throws TokenError
 */
export function readKey(
	source: string,
	algorithm: Algorithm,
	use: 'sign' | 'verify',
	kid?: string,
): KeyObject {
	const id = `${use}\0${algorithm.name}\0${kid ?? ''}\0${source}`;
	let key = kept.get(id);
	if (key) return key;
	try {
		key = makeKey(trim(source), algorithm, use, kid);
	} catch (error) {
		if (error instanceof TokenError) throw error;
		throw new TokenError(`the key is not good: ${(error as Error).message}`);
	}
	const why = misfit(algorithm, key);
	if (why) throw new TokenError(why);
	if (kept.size >= KEPT) kept.clear();
	kept.set(id, key);
	return key;
}

function makeKey(text: string, algorithm: Algorithm, use: 'sign' | 'verify', kid?: string): KeyObject {
	const set = keySet(text);
	if (set) {
		const jwk = kid === undefined ? set[0] : set.find((one) => one.kid === kid);
		if (!jwk) throw new TokenError(kid === undefined ? 'the set has no keys' : `the set has no key "${kid}"`);
		return fromJson(jwk, use);
	}
	if (algorithm.keys.includes(undefined)) {
		// the public key that a client may have as well must never do as a secret
		if (text.startsWith('-----BEGIN '))
			throw new TokenError(`${algorithm.name} takes a secret, not a PEM file`);
		return createSecretKey(Buffer.from(text, 'latin1'));
	}
	return use === 'sign' ? createPrivateKey(text) : createPublicKey(text);
}
