/**
 * What the tests that call every function of the export table have in common.
 *
 * @module
 */

import type { Host } from '../../src/host.ts';
import type { Exported } from '../../src/kemi/exports.ts';
import type { Parameter } from '../../src/kemi/module.ts';

/** Functions whose results are never the same twice. */
const OF_THE_MOMENT = /get_timestamp|uuid|random|rand_/;
/** Functions that would keep the test waiting. */
const SLEEPS = /sleep$/;
/** These ask the name servers of the machine, whose answers, and when they come, are no part of a test. */
const ASKS_SERVERS = /^KSR\.ipops\.(dns_(sys|int|query)|srv_|naptr_|ptr_)/;

/** True for functions that would wait, or whose results depend on the moment or the machine. */
export function isUnsteady(path: string): boolean {
	return [OF_THE_MOMENT, SLEEPS, ASKS_SERVERS].some((left) => left.test(path));
}

/** The functions whose results can be compared: of those that are only known by name, one of each return type. */
export function* comparable(host: Host): Generator<Exported> {
	const samples = new Set<string>();
	for (const entry of host.exports.entries) {
		const { declaration, path } = entry;
		if (declaration.unchecked && samples.size === samples.add(declaration.returns).size) continue;
		if (!isUnsteady(path)) yield entry;
	}
}

/** What a parameter takes in real scripts, by its name; a word or a one without. */
const PLAUSIBLE: readonly (readonly [name: RegExp, value: string])[] = [
	[/^variable/, '$var(x)'],
	[/^(url|uri)$/, 'http://127.0.0.1:9/'],
	[/^(address|networks|host)$/, '127.0.0.1'],
	[/^substitution$/, '/a/b/g'],
	[/^document$/, '{"abc":[1,{"a":2}]}'],
	[/^content_type$/, 'text/plain'],
	[/^(list|params|claims|labels|headers)$/, 'abc=1;a=2'],
	[/^separators?$/, ';'],
	[/^comparison$/, 'eq/s:abc'],
	[/^(source|destination)$/, '$avp(abc)'],
	[/^level$/, 'info'],
	[/^facility$/, 'LOG_LOCAL0'],
];

/** A value that the parameter may have in a real script; integers by their digits. */
export function plausible(param: Parameter): string {
	if (param.type !== 'str') return /seconds/.test(param.name) ? '0' : '1';
	return PLAUSIBLE.find(([name]) => name.test(param.name))?.[1] ?? 'abc';
}
