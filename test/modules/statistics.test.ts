/** KSR.statistics and $stat. Unless a title says otherwise, the results were recorded from Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHost } from '../../src/host.ts';
import type { RawValue } from '../../src/kemi/value.ts';
import { statistics } from '../../src/modules/statistics.ts';
import { complains, fails, gives, is, type Step, set, take, World } from '../support/context.ts';

const variables = (...names: string[]) =>
	names.map((value) => ({ module: 'statistics', name: 'variable', value }));

const OWN = { modparams: variables('hits', 'keep/NO_RESET', 'a.b-c d') };

const updates = (name: string, by: RawValue, value: number): Step[] => [
	gives('statistics.update_stat', name, by)(1),
	is(`$stat(${name})`, value),
];

test('update_stat adds to a counter', () => {
	take(
		[
			is('$stat(hits)', 0),
			...updates('hits', 1, 1),
			...updates('hits', '+1', 2),
			...updates('hits', '-1', 1),
			...updates('hits', -5, -4),
			...updates('hits', 0, -4),
			...updates('a.b-c d', 2, 2),
			is('$stat(hits)', -4),
			set('$stat(hits)', 9),
			is('$stat(hits)', -4),
		],
		{},
		OWN,
	);
});

test('a counter is read as 32 bits, and counts beyond them', () => {
	take(
		[
			...updates('hits', 2147483647, 2147483647),
			...updates('hits', 2147483647, -2),
			...updates('hits', 2147483647, 2147483645),
			...updates('hits', -2147483648, -3),
		],
		{},
		OWN,
	);
});

test('reset_stat sets a counter to 0, unless it is declared with no_reset', () => {
	take(
		[
			...updates('hits', 3, 3),
			gives('statistics.reset_stat', 'hits')(1),
			is('$stat(hits)', 0),
			...updates('keep', 3, 3),
			gives('statistics.reset_stat', 'keep')(1),
			is('$stat(keep)', 3),
		],
		{},
		OWN,
	);
});

test('counters that do not exist are refused', () => {
	take(
		[
			...['none', 'HITS', '', 'script.hits'].flatMap((name) => [
				complains('statistics.update_stat', name, 1)(-1),
				complains('statistics.reset_stat', name)(-1),
			]),
			fails('$stat(none)'),
			fails('$stat(hits )'),
			fails('$stat($var(n))'),
			fails('$stat'),
			fails('$stat()'),
			fails('$(stat(hits)[0])'),
		],
		{},
		OWN,
	);
});

test('the counters of the core can be changed too', () => {
	take([
		is('$stat(rcv_requests)', 0),
		is('$stat(bad_URIs_rcvd)', 0),
		...updates('rcv_requests', 10, 10),
		gives('statistics.reset_stat', 'rcv_requests')(1),
		is('$stat(rcv_requests)', 0),
	]);
});

test('every request is counted before its handler runs', async () => {
	await using host = await createHost({
		script: new URL('../../scripts/basic-reply.lua', import.meta.url).pathname,
		log: () => undefined,
	});
	for (let i = 0; i < 3; i++) await host.fetch(new Request('http://localhost/'));
	assert.equal(host.state(statistics).get('rcv_requests'), 3);
});

test("a script's counter with a name of the core counts apart", () => {
	const world = new World({ modparams: variables('rcv_requests') });
	const ctx = world.request();
	statistics.request?.(ctx, world.host.state(statistics));
	is('$stat(rcv_requests)', 0)(world, ctx);
	for (const step of updates('rcv_requests', 5, 5)) step(world, ctx);
});

test('declarations that are not good', () => {
	for (const wrong of [
		variables(''),
		variables('/no_reset'),
		variables('a/foo'),
		variables('a', 'a/no_reset'),
	])
		assert.throws(() => new World({ modparams: wrong }), { code: 'KH_MODPARAM' });
});
