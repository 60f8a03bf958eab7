/**
 * `{s.…}`: digests and checksums (modules/pv/pv_trans.c, core/hashes.h).
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { PvSyntaxError } from '../syntax-error.ts';
import { type Apply, type Transformation, TransformationError } from '../transformation.ts';
import type { Text } from '../variable.ts';
import { keccak } from './keccak.ts';
import { integerParam, stringParam } from './params.ts';

type Digest = (value: string) => string;

/** A digest in lower-case hexadecimal. */
function digest(algorithm: string): Digest {
	return (value) => createHash(algorithm).update(value, 'latin1').digest('hex');
}

/** A digest of 256 (the default), 384 or 512 bits, by the parameter. */
function sized(digests: Readonly<Record<number, Digest>>): (args: readonly Text[]) => Apply {
	return ([text]) => {
		const bits = text ? stringParam(text) : () => '256';
		const choose = (source: string): Digest | undefined => digests[Number.parseInt(source, 10)];
		if (text && !text.variable && !choose(text.source))
			throw new PvSyntaxError('there are digests of 256, 384 and 512 bits', 0);
		return (value, ctx) => {
			const apply = choose(bits(ctx));
			if (!apply) throw new TransformationError(`there is no digest of ${bits(ctx)} bits`);
			return apply(value);
		};
	};
}

/**
 * Kamailio's core_hash(): four bytes at a time. The bytes are signed, as on every machine but ARM.
 * @param size where it is not 0: a power of two, above the largest result
 * @returns an unsigned integer of 32 bits
 */
function coreHash(value: string, size: number): number {
	const byte = (at: number) => (value.charCodeAt(at) << 24) >> 24;
	let hash = 0;
	const add = (word: number) => {
		hash = (hash + (word ^ (word >>> 3))) | 0;
	};
	const whole = value.length & ~3;
	for (let at = 0; at < whole; at += 4)
		add((byte(at) << 24) + (byte(at + 1) << 16) + (byte(at + 2) << 8) + byte(at + 3));
	let rest = 0;
	for (let at = whole; at < value.length; at++) rest = (rest << 8) + byte(at);
	add(rest);
	hash = (hash + (hash >>> 11) + (hash >>> 13) + (hash >>> 23)) | 0;
	return (size === 0 ? hash : hash & (size - 1)) >>> 0;
}

const DIGESTS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;

/** Digests and checksums of the class `s`. */
export const hashTransformations: readonly Transformation[] = [
	...DIGESTS.map((name) => ({
		name: `s.${name}`,
		params: [],
		doc: `The ${name.toUpperCase()} digest in lower-case hexadecimal.`,
		bind: () => digest(name),
	})),
	{
		name: 's.sha3',
		params: ['[bits]'],
		doc: 'The SHA-3 digest of 256 (the default), 384 or 512 bits in lower-case hexadecimal.',
		bind: sized({ 256: digest('sha3-256'), 384: digest('sha3-384'), 512: digest('sha3-512') }),
	},
	{
		name: 's.keccak',
		params: ['[bits]'],
		doc: 'The Keccak digest, which is SHA-3 before it became a standard, of 256, 384 or 512 bits.',
		bind: sized({ 256: keccak(256), 384: keccak(384), 512: keccak(512) }),
	},
	{
		name: 's.crc32',
		params: [],
		doc: 'The CRC-32 as an integer.',
		bind: () => (value) => crc32(Buffer.from(value, 'latin1')),
	},
	{
		name: 's.corehash',
		params: ['[size]'],
		doc: "Kamailio's hash of its core, as text; with a size (a power of two) it is below that.",
		bind([text]) {
			const size = text ? integerParam(text) : () => 0;
			return (value, ctx) => String(coreHash(value, size(ctx)));
		},
	},
];
