/**
 * The address of a store, as `--store` takes it: `redis://:password@valkey:6379/0?prefix=shop`.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { bytesOf } from '../../bytes.ts';
import { KemihostError } from '../../errors.ts';
import type { RedisTarget } from '../../redis/connection.ts';

/** What a store's URL says. */
export interface StoreUrl {
	readonly target: RedisTarget;
	/** What stands in front of all its keys on the server. */
	readonly prefix: string;
}

/** Milliseconds. A child that waits for the store serves nobody, so these are short. */
const CONNECT_TIMEOUT = 2000;
const COMMAND_TIMEOUT = 1000;
/** The longest reply: batches are cut far below, and a value has 1 MiB. */
const MAX_REPLY = 64 << 20;

const SCHEMES = ['redis:', 'rediss:', 'unix:'];

/**
 * Reads a store's URL.
 * @throws KemihostError `KH_USAGE`, without the URL, which may hold a password
 */
export function parseStoreUrl(text: string): StoreUrl {
	const url = URL.parse(text);
	if (!url || !SCHEMES.includes(url.protocol)) throw wrong('is no URL of a store');
	const unknown = [...url.searchParams.keys()].find((name) => !['prefix', 'db', 'ca'].includes(name));
	if (unknown !== undefined) throw wrong(`knows no "${unknown}", but prefix, db and ca`);
	const unix = url.protocol === 'unix:';
	const db = url.searchParams.get('db') ?? (unix ? '' : url.pathname.slice(1));
	if (!/^\d{0,5}$/.test(db)) throw wrong('has no number of a database behind the address');
	const path = decodeURIComponent(url.pathname);
	if (unix && path === '') throw wrong('names no socket');
	const prefix = url.searchParams.get('prefix') ?? 'kemihost';
	const ca = url.searchParams.get('ca');
	const optional = (value: string) => (value === '' ? undefined : bytesOf(decodeURIComponent(value)));
	return {
		prefix: bytesOf(prefix),
		target: {
			host: url.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
			port: Number(url.port || 6379),
			path: unix ? path : undefined,
			tls: url.protocol === 'rediss:' ? { ...(ca === null ? {} : { ca: readCa(ca) }) } : undefined,
			username: optional(url.username),
			password: optional(url.password),
			db: Number(db || 0),
			connectTimeout: CONNECT_TIMEOUT,
			commandTimeout: COMMAND_TIMEOUT,
			maxReply: MAX_REPLY,
		},
	};
}

function readCa(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch (error) {
		throw wrong(`cannot read the certificates: ${(error as Error).message}`);
	}
}

function wrong(what: string): KemihostError {
	return new KemihostError('KH_USAGE', `--store ${what}`, {
		hint: 'write redis://HOST:PORT/DB, rediss://USER:PASSWORD@HOST:PORT/DB or unix:///PATH?db=DB; with ?prefix=NAME where several share a server',
	});
}
