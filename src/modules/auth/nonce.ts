/**
 * Nonces of digest authentication in Kamailio's format (modules/auth/nonce.c), so that hosts and Kamailio servers with
 * the same secret take each other's: when it ends, since when it is good, and a signature of both; then, as the
 * configuration wants it, a signature of parts of the request, and a number of its own.
 *
 * @module
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RequestContext } from '../../kemi/context.ts';
import { findKey } from '../../pv/headers.ts';
import type { SharedTable } from '../../store/store.ts';
import { parseAddress } from '../ipops/address.ts';

/** What nonces are made and judged by. */
export interface NonceRules {
	/** Signs the times; `partsSecret` signs parts of the request. */
	readonly secret: Buffer;
	readonly partsSecret: Buffer;
	/** Unix time in seconds: nonces from before it are stale, since they may be of another configuration. */
	readonly notBefore: number;
	/** How long a nonce is good, in seconds. */
	readonly lifetime: number;
	/** How many seconds a nonce may come from the future. */
	readonly drift: number;
	/** Whether each use of a nonce has to bring a higher count. */
	readonly count: boolean;
	/** Whether a nonce may be used once only. */
	readonly once: boolean;
	/** The parts that go into a nonce, by kind of request: bits of `PARTS`. */
	readonly parts: { readonly register: number; readonly outOfDialog: number; readonly inDialog: number };
	/** What is known of nonces that count or go once: their last count. All children share it. */
	readonly known: SharedTable;
}

/** What a nonce is worth. */
export type NonceVerdict = 'good' | 'wrong' | 'stale' | 'reused';

/** Parts of a request that can go into a nonce (AUTH_CHECK_… in nonce.h). */
const PARTS = { uri: 1, callId: 2, fromTag: 4, source: 8 } as const;

const TIMES = 8;
const SIGNATURE = 16;
const NUMBER = 5;
/** The least length of a nonce in base 64. */
const MIN_LENGTH = ((TIMES + SIGNATURE) / 3) * 4;
/** Flags in a number's last byte: it counts, it goes once. */
const COUNTS = 0x80;
const ONCE = 0x40;
/** Counts beyond a byte are stale, as in Kamailio: a client asks for a new nonce then. */
const MAX_COUNT = 255;

function tagOf(ctx: RequestContext, key: string): string {
	return /;\s*tag\s*=\s*([^\s;,]+)/i.exec(findKey(ctx, key) ?? '')?.[1] ?? '';
}

/** Which parts go into the nonce of a request. */
function partsFor(ctx: RequestContext, { parts }: NonceRules): number {
	if (ctx.request.method === 'REGISTER') return parts.register;
	return tagOf(ctx, 'to') ? parts.inDialog : parts.outOfDialog;
}

function md5(...parts: readonly Buffer[]): Buffer {
	const hash = createHash('md5');
	for (const part of parts) hash.update(part);
	return hash.digest();
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** The signature of the parts of a request. */
function signParts(ctx: RequestContext, parts: number, { partsSecret }: NonceRules): Buffer {
	const signed: Buffer[] = [];
	if (parts & PARTS.uri) signed.push(bytes(ctx.request.target));
	if (parts & PARTS.callId) signed.push(bytes(findKey(ctx, 'call-id') ?? ''));
	if (parts & PARTS.fromTag) signed.push(bytes(tagOf(ctx, 'from')));
	if (parts & PARTS.source)
		signed.push(Buffer.from(parseAddress(ctx.request.connection.remote.address) ?? []));
	return md5(...signed, partsSecret);
}

const now = () => Math.floor(Date.now() / 1000);

/**
 * Makes a nonce.
 * @throws StoreRefusal if nonces are counted and the store takes no more
 */
export function makeNonce(ctx: RequestContext, rules: NonceRules): string {
	const times = Buffer.alloc(TIMES);
	const since = now();
	times.writeUInt32BE((since + rules.lifetime) >>> 0, 0);
	times.writeUInt32BE(since >>> 0, 4);
	const number = rules.count || rules.once ? randomBytes(NUMBER) : Buffer.alloc(0);
	if (number.length > 0) number[NUMBER - 1] = (rules.count ? COUNTS : 0) | (rules.once ? ONCE : 0);
	const parts = partsFor(ctx, rules);
	const nonce = Buffer.concat([
		times,
		md5(times, number, rules.secret),
		parts === 0 ? Buffer.alloc(0) : signParts(ctx, parts, rules),
		number,
	]).toString('base64');
	if (number.length > 0) {
		// each new one takes two old ones away, so that no timer is needed
		rules.known.takeExpired(2);
		rules.known.set(nonce, 0, { at: (since + rules.lifetime + 1) * 1000 });
	}
	return nonce;
}

/** Takes a count of a nonce, once. Of two requests with one count, in any children, one is told that it is good. */
function takeCount(known: SharedTable, nonce: string, count: number, expires: number): boolean {
	const isHigher = ({ value }: { value: string | number }) => typeof value === 'number' && value < count;
	// Between the two steps the nonce is unknown, and stale for everybody else: never good twice.
	return known.delete(nonce, isHigher) && known.declare(nonce, count, expires);
}

/**
 * Judges a nonce that a client sent.
 * @param count the client's `nc`, 8 hexadecimal digits; empty without one
 */
export function checkNonce(
	ctx: RequestContext,
	rules: NonceRules,
	nonce: string,
	count: string,
): NonceVerdict {
	if (nonce.length < MIN_LENGTH) return 'wrong';
	const raw = Buffer.from(nonce, 'base64');
	// what is none of ours says no time; Kamailio takes it for an old one too
	if (raw.length < TIMES + SIGNATURE || !/^[A-Za-z0-9+/]+={0,2}$/.test(nonce)) return 'stale';
	const expires = raw.readUInt32BE(0);
	const since = raw.readUInt32BE(4);
	const time = now();
	if (since < rules.notBefore || since - time > rules.drift) return 'stale';

	const parts = partsFor(ctx, rules);
	const start = TIMES + SIGNATURE * (parts === 0 ? 1 : 2);
	const number = raw.subarray(start, start + NUMBER);
	const flags = number[NUMBER - 1] ?? 0;
	const numbered = (flags & (COUNTS | ONCE)) !== 0;
	if ((rules.once && !(flags & ONCE)) || (rules.count && !(flags & COUNTS))) return 'stale';
	const signature = md5(raw.subarray(0, TIMES), numbered ? number : Buffer.alloc(0), rules.secret);
	if (!timingSafeEqual(signature, raw.subarray(TIMES, TIMES + SIGNATURE))) return 'wrong';

	if (rules.count && count) {
		if (!/^[\da-f]{8}$/i.test(count)) return 'wrong';
		const value = Number.parseInt(count, 16);
		if (value > MAX_COUNT || !takeCount(rules.known, nonce, value, (expires + 1) * 1000)) return 'stale';
	} else {
		if (rules.once && !rules.known.delete(nonce)) return 'reused';
		if (parts !== 0) {
			const signed = raw.subarray(TIMES + SIGNATURE, start);
			if (signed.length < SIGNATURE) return 'wrong';
			if (!timingSafeEqual(signParts(ctx, parts, rules), signed)) return 'stale';
		}
	}
	return expires < time ? 'stale' : 'good';
}
