/**
 * What the tests that call every function of the export table have in common.
 *
 * @module
 */

import type { Host } from '../../src/host.ts';
import type { Exported } from '../../src/kemi/exports.ts';

/** Functions whose results are never the same twice. */
const OF_THE_MOMENT = /get_timestamp|uuid|random|rand_/;
/** Functions that would keep the test waiting. */
const SLEEPS = /sleep$/;
/** These ask the name servers of the machine, whose answers, and when they come, are no part of a test. */
const ASKS_SERVERS = /^KSR\.ipops\.(dns_(sys|int|query)|srv_|naptr_|ptr_)/;

/** The functions whose results can be compared: of those that are only known by name, one of each return type. */
export function* comparable(host: Host): Generator<Exported> {
	const samples = new Set<string>();
	for (const entry of host.exports.entries) {
		const { declaration, path } = entry;
		if (declaration.unchecked && samples.size === samples.add(declaration.returns).size) continue;
		if (![OF_THE_MOMENT, SLEEPS, ASKS_SERVERS].some((left) => left.test(path))) yield entry;
	}
}
