/**
 * Servers as they are declared: `name=srv1;addr=127.0.0.1;port=6379;db=1;pass=secret` (redis_client.c: redisc_init).
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { KemihostError } from '../../errors.ts';
import type { ParamValues } from '../../kemi/module.ts';
import type { RedisTarget } from '../../redis/connection.ts';

/** The longest reply in bytes that a script gets. */
const MAX_REPLY = 16 << 20;

const ATTRIBUTES = ['name', 'addr', 'port', 'db', 'pass', 'user', 'unix', 'tls', 'ca'];

/** @param what never holds a value: one of them may be a password */
function wrong(what: string): KemihostError {
	return new KemihostError('KH_MODPARAM', `parameter server of module ndb_redis ${what}`, {
		hint: 'write name=NAME;addr=ADDRESS;port=PORT;db=NUMBER;pass=PASSWORD, or unix=PATH instead of addr and port',
	});
}

/** Reads one declaration. */
export function readServer(text: string, params: ParamValues): { name: string; target: RedisTarget } {
	const values = new Map<string, string>();
	for (const part of text.replace(/;\s*$/, '').split(';')) {
		const at = part.indexOf('=');
		const key = part.slice(0, Math.max(0, at)).trim();
		if (!ATTRIBUTES.includes(key)) throw wrong(`knows ${ATTRIBUTES.join(', ')}, and not what is given`);
		const value = part.slice(at + 1).trim();
		values.set(key, /^"[^"]*"$/.test(value) ? value.slice(1, -1) : value);
	}
	const name = values.get('name');
	if (!name) throw wrong('has no name');
	const number = (key: string, otherwise: number, most: number): number => {
		const given = values.get(key) ?? String(otherwise);
		if (!/^\d{1,5}$/.test(given) || Number(given) > most)
			throw wrong(`(server ${name}): ${key} is no number up to ${most}`);
		return Number(given);
	};
	const path = values.get('unix');
	const tls = values.get('tls');
	if (tls !== undefined && !/^(0|1|yes|no)$/.test(tls)) throw wrong(`(server ${name}): tls is 1 or 0`);
	const ca = values.get('ca');
	return {
		name,
		target: {
			host: values.get('addr') ?? '127.0.0.1',
			port: number('port', 6379, 65535),
			path,
			tls: tls === '1' || tls === 'yes' ? { ...(ca ? { ca: readFile(name, ca) } : {}) } : undefined,
			username: values.get('user'),
			password: values.get('pass'),
			db: number('db', 0, 99999),
			connectTimeout: params.int('connect_timeout'),
			commandTimeout: params.int('cmd_timeout'),
			maxReply: MAX_REPLY,
		},
	};
}

function readFile(server: string, path: string): Buffer {
	try {
		return readFileSync(path);
	} catch (error) {
		throw wrong(`(server ${server}): ca: ${(error as Error).message}`);
	}
}
