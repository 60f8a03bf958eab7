/**
 * Replays a recording on a script, and compares its answers with the recorded ones.
 *
 * @module
 */
import type { Clock } from '../clock.ts';
import { type Difference, differences } from '../exchange/compare.ts';
import type { HostOptions } from '../host/options.ts';
import { createHost } from '../host.ts';
import { type Recorded, replyOf, requestOf } from './recording.ts';

/**
 * Fields that say nothing about the script: those of the server and of the connection, and those that Kamailio copies
 * from the request as if it were SIP.
 */
export const IGNORED_FIELDS = [
	...['date', 'server', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'],
	...['sia', 'via', 'from', 'to', 'call-id', 'cseq', 'record-route'],
] as const;

/** A request whose answer is not the recorded one. */
export interface Mismatch {
	/** Counts from 1. */
	readonly number: number;
	readonly recorded: Recorded;
	readonly differences: readonly Difference[];
}

/**
 * Sends the requests to one host, in their order, each at the time of its recording as the script sees it.
 * @param ignored fields that are not compared, in lower case
 * @throws KemihostError if the script cannot be loaded
 */
export async function replay(
	recording: readonly Recorded[],
	options: HostOptions,
	ignored: readonly string[] = IGNORED_FIELDS,
): Promise<Mismatch[]> {
	let now = Date.parse(recording[0]?.time ?? '') || Date.now();
	const clock: Clock = { now: () => now };
	await using host = await createHost({ ...options, ephemeral: true, withoutTls: true, clock });
	const mismatches: Mismatch[] = [];
	const passedOver = new Set(ignored);
	for (const [i, recorded] of recording.entries()) {
		now = Date.parse(recorded.time) || now;
		const reply = await host.dispatch(requestOf(recorded));
		const found = differences({ reply: replyOf(recorded) }, { reply }, passedOver);
		if (found.length > 0) mismatches.push({ number: i + 1, recorded, differences: found });
	}
	return mismatches;
}
