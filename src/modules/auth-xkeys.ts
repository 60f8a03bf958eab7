/**
 * KSR.auth_xkeys: headers signed with a shared key (modules/auth_xkeys): the hash of key, colon and data, in hexadecimal.
 *
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { KemihostError } from '../errors.ts';
import type { HostServices, RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, str } from '../kemi/module.ts';
import { RpcFault, rpc, sameEverywhere } from '../kemi/rpc.ts';
import { findHeader } from '../pv/headers.ts';
import { tableOfLife } from '../store/once.ts';
import { parseParams } from './pvx/params.ts';

/** A key; several have one id, so that a new one can take over while the old one still counts. */
interface Key {
	readonly name: string;
	readonly value: string;
	/** Shown to administrators; Kamailio takes a key all the same when it is over. */
	readonly expires: number;
}

/** What the module keeps. */
interface XkeysState {
	/** By id in lower case, the newest key first. */
	readonly keys: Map<string, Key[]>;
}

function addKey(keys: Map<string, Key[]>, id: string, key: Key): void {
	keys.set(id.toLowerCase(), [key, ...(keys.get(id.toLowerCase()) ?? [])]);
}

/** Puts a key in the place of that of its name, or adds it as the newest. */
function setKey(keys: Map<string, Key[]>, id: string, key: Key): void {
	const list = keys.get(id.toLowerCase()) ?? [];
	const at = list.findIndex(({ name }) => name === key.name);
	keys.set(id.toLowerCase(), at < 0 ? [key, ...list] : list.with(at, key));
}

/** What administrators have set, for children that start later; no other host gets to know it. */
const changes = ({ localStore }: HostServices) => tableOfLife(localStore, 'auth_xkeys');

/** Reads `id=ID;name=NAME;value=VALUE;expires=SECONDS`. */
function declare(keys: Map<string, Key[]>, source: string, now: number): void {
	const params = new Map(parseParams(source)?.map(([name, value]) => [name.toLowerCase(), value]));
	const [id, name, value] = [params.get('id'), params.get('name'), params.get('value')];
	if (!id || !name || !value)
		throw new KemihostError(
			'KH_MODPARAM',
			'parameter xkey of module auth_xkeys: write id=ID;name=NAME;value=KEY;expires=SECONDS',
		);
	addKey(keys, id, { name, value, expires: now + Number(params.get('expires') ?? 0) });
}

const invalid = new RpcFault(500, 'Invalid Parameters');

const HASHES = ['sha256', 'sha384', 'sha512'];

/** The signature of data; undefined after an error line. */
function signatureOf(ctx: RequestContext, algorithm: string, key: Key, data: string): string | undefined {
	const hash = algorithm.toLowerCase();
	if (!HASHES.includes(hash)) {
		ctx.report('error', `KSR.auth_xkeys: "${algorithm}" is none of ${HASHES.join(', ')}`);
		return undefined;
	}
	return createHash(hash).update(`${key.value}:${data}`, 'latin1').digest('hex');
}

function keysOf(ctx: RequestContext, id: string): readonly Key[] {
	const keys = ctx.state(authXkeys).keys.get(id.toLowerCase());
	if (!keys) ctx.report('error', `KSR.auth_xkeys: there is no key "${id}"`);
	return keys ?? [];
}

/** The functions on KSR.auth_xkeys. */
export const authXkeys: KemiModule<XkeysState> = defineModule<XkeysState>({
	name: 'auth_xkeys',
	doc: 'Headers that a shared key has signed.',
	params: [
		{
			name: 'xkey',
			type: 'str',
			default: null,
			repeatable: true,
			doc: 'A key: id=ID;name=NAME;value=KEY;expires=SECONDS. Several may have one id; the one given last signs, all of them are good.',
		},
	],
	init(params, host) {
		const { clock } = host;
		const keys = new Map<string, Key[]>();
		for (const source of params.all('xkey')) declare(keys, String(source), Math.floor(clock.now() / 1000));
		for (const { key, value } of changes(host).items())
			setKey(keys, key.slice(0, key.indexOf(' ')), JSON.parse(String(value)) as Key);
		return { keys };
	},
	functions: [
		fn(
			'auth_xkeys_check',
			[str('header'), str('id'), str('algorithm'), str('data')],
			'int',
			'1 if a header of the request holds the signature of a text by a key of that id, with sha256, sha384 or sha512; otherwise -1.',
			(ctx, header, id, algorithm, data) => {
				const given = Buffer.from((findHeader(ctx, header) ?? '').trim().toLowerCase(), 'latin1');
				for (const key of keysOf(ctx, id)) {
					const signature = signatureOf(ctx, algorithm, key, data);
					if (signature === undefined) return -1;
					const good = Buffer.from(signature, 'latin1');
					if (good.length === given.length && timingSafeEqual(good, given)) return 1;
				}
				return -1;
			},
			{ cfg: 'auth_xkeys_check' },
		),
		fn(
			'auth_xkeys_add',
			[str('header'), str('id'), str('algorithm'), str('data')],
			'int',
			'Adds a signed header to the request that Kamailio would forward: a handler sees nothing of it. 1, or -1 if there is no such key or algorithm.',
			(ctx, _header, id, algorithm, data) => {
				const [key] = keysOf(ctx, id);
				return key && signatureOf(ctx, algorithm, key, data) !== undefined ? 1 : -1;
			},
			{ cfg: 'auth_xkeys_add' },
		),
	],
	// the names are Kamailio's, with their underscore
	rpc: [
		rpc(
			'auth_xkeys_.list',
			'',
			'The names of all keys by id, and when they expire; without their values.',
			({ host }) => {
				const { keys } = host.state(authXkeys);
				if (keys.size === 0) throw new RpcFault(500, 'No keys');
				return [...keys].map(([id, list]) => ({
					KID: id,
					KEYS: list.map(({ name, expires }) => ({ KEY: { NAME: name, EXPIRES: expires } })),
				}));
			},
		),
		rpc(
			'auth_xkeys_.set',
			'ID NAME KEY SECONDS',
			'Sets the key of an id and a name, in every child, or adds it where there is none.',
			(call) => {
				const [id, name, value] = [call.str(invalid), call.str(invalid), call.str(invalid)];
				const seconds = call.int(invalid);
				if (id === '' || id.includes(' ') || name === '' || value === '') throw invalid;
				const key = { name, value, expires: Math.floor(call.host.clock.now() / 1000) + seconds };
				setKey(call.host.state(authXkeys).keys, id, key);
				changes(call.host).set(`${id.toLowerCase()} ${name}`, JSON.stringify(key));
				return undefined;
			},
			sameEverywhere,
		),
	],
});
