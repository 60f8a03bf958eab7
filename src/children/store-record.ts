/**
 * How an item lies in LMDB: the form of its key and of its record.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import type { SharedItem } from './store.ts';

/** LMDB takes keys of up to 1978 bytes, and fewer fit on a page the longer they are. */
const LONGEST_DIRECT = 500;

/** What a key is stored as: itself behind a sign, or its digest, and then the record holds it. Never empty. */
export function storedKey(key: string): string {
	if (key.length <= LONGEST_DIRECT) return `=${key}`;
	return `#${createHash('sha256').update(key, 'latin1').digest('hex')}`;
}

/** Bits of a record's first byte. */
const TEXT = 1;
const LONG_KEY = 2;

/** Flags, expiry; for a long key its length and itself; the text, or the integer as a double. */
function encode({ key, value, expires }: SharedItem): Buffer {
	const isText = typeof value === 'string';
	const keyBytes = key.length > LONGEST_DIRECT ? 4 + key.length : 0;
	const bytes = Buffer.allocUnsafe(9 + keyBytes + (isText ? value.length : 8));
	bytes[0] = (isText ? TEXT : 0) | (keyBytes ? LONG_KEY : 0);
	bytes.writeDoubleLE(expires, 1);
	if (keyBytes) {
		bytes.writeUInt32LE(key.length, 9);
		bytes.write(key, 13, 'latin1');
	}
	if (isText) bytes.write(value, 9 + keyBytes, 'latin1');
	else bytes.writeDoubleLE(value, 9 + keyBytes);
	return bytes;
}

/** The item of a record, with an empty key where the record does not hold it. */
function decode(record: Uint8Array): SharedItem {
	// The library's buffers are longer than the record; their length property is not.
	const { length } = record;
	const bytes = Buffer.isBuffer(record) ? record : Buffer.from(record.buffer, record.byteOffset, length);
	const flags = bytes[0] as number;
	const expires = bytes.readDoubleLE(1);
	const keyEnd = flags & LONG_KEY ? 13 + bytes.readUInt32LE(9) : 9;
	const key = flags & LONG_KEY ? bytes.toString('latin1', 13, keyEnd) : '';
	const value = flags & TEXT ? bytes.toString('latin1', keyEnd, length) : bytes.readDoubleLE(keyEnd);
	return { key, value, expires };
}

/** Options of a database that holds items by their stored keys. */
export const itemCodec = {
	encoder: { encode, decode },
	keyEncoder: {
		writeKey: (key: string, target: Buffer, at: number) => at + target.write(key, at, 'latin1'),
		readKey: (source: Buffer, from: number, to: number) => source.toString('latin1', from, to),
	},
};
