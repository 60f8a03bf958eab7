/**
 * The uuid module: new UUIDs (modules/uuid/uuid_mod.c, RFC 9562).
 *
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule } from '../kemi/module.ts';
import { literalVariable } from '../pv/variables/names.ts';

/** 100 ns steps from the start of the Gregorian calendar, where UUIDs count from, to that of Unix time. */
const GREGORIAN_OFFSET = 0x01b2_1dd2_1381_4000n;

/** What UUIDs of version 1 are made of besides the time. */
interface UuidState {
	/**
	 * The clock sequence and the node, as the UUID's last two groups. Kamailio's library puts the machine's MAC address
	 * there; random bits with the multicast bit set do not tell it to clients, and differ in each child.
	 */
	readonly tail: string;
	/** The last time given out, in 100 ns. */
	last: bigint;
}

function createState(): UuidState {
	const bytes = randomBytes(8);
	bytes[0] = ((bytes[0] as number) & 0x3f) | 0x80;
	bytes[2] = (bytes[2] as number) | 0x01;
	const hex = bytes.toString('hex');
	return { tail: `${hex.slice(0, 4)}-${hex.slice(4)}`, last: 0n };
}

/** A UUID of version 1. Two in the same millisecond count on, so that none comes twice. */
function timeUuid(ctx: RequestContext): string {
	const state = ctx.state(uuid);
	const now = BigInt(Math.floor(ctx.host.clock.now())) * 10_000n + GREGORIAN_OFFSET;
	state.last = now > state.last ? now : state.last + 1n;
	const hex = state.last.toString(16).padStart(15, '0');
	return `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-${state.tail}`;
}

const variable = literalVariable(
	['uuid'],
	'A new UUID each time, by the first letter of the name: t or s of version 1, made of the time; g, r and all others of version 4, random.',
	(name) => ({ get: /^[ts]/i.test(name) ? timeUuid : () => randomUUID() }),
);

/** The functions on KSR.uuid. */
export const uuid: KemiModule<UuidState> = defineModule({
	name: 'uuid',
	doc: 'UUIDs.',
	init: createState,
	functions: [
		fn('get', [], 'xval', 'A new random UUID: $uuid(g).', () => randomUUID()),
		fn('rget', [], 'xval', 'The same: $uuid(r).', () => randomUUID()),
		fn('tget', [], 'xval', 'A new UUID made of the time: $uuid(t).', timeUuid),
	],
	variables: [variable],
});
