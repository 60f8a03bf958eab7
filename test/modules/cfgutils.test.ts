/** KSR.cfgutils. Unless a title says otherwise, the results were recorded from Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawValue } from '../../src/kemi/value.ts';
import { complains, gives, type Step, take, World } from '../support/context.ts';

const PROBABILITY_33 = [{ module: 'cfgutils', name: 'initial_probability', value: 33 }];

const is = (name: string, expected: number, ...args: RawValue[]): Step =>
	gives(`cfgutils.${name}`, ...args)(expected);

test('the probability is what was set last', () => {
	take(
		[
			is('rand_get_prob', 33),
			is('rand_set_prob', 1, 101),
			is('rand_get_prob', 101),
			is('rand_set_prob', 1, -5),
			is('rand_get_prob', -5),
			is('rand_reset_prob', 1),
			is('rand_get_prob', 33),
		],
		{},
		{ modparams: PROBABILITY_33 },
	);
	take([is('rand_get_prob', 10)]);
});

test('events happen as often as they should', () => {
	const world = new World();
	const ctx = world.request();
	const event = world.host.exports.find('KSR.cfgutils.rand_event');
	const share = (percent: number) => {
		is('rand_set_prob', 1, percent)(world, ctx);
		let count = 0;
		for (let i = 0; i < 2000; i++) count += event?.call(ctx, [], 'lua') === 1 ? 1 : 0;
		return count / 2000;
	};
	for (const never of [0, -5]) assert.equal(share(never), 0);
	for (const always of [100, 101, 2147483647]) assert.equal(share(always), 1);
	assert.ok(Math.abs(share(50) - 0.5) < 0.1);
});

test('core_hash gives the hash of the core', () => {
	const sizes = [0, -3, 1, 4, 16, 30, 31, 32, 33];
	const hashes: [first: string, second: string, hashes: number[]][] = [
		['', '', [1, 1, 1, 1, 1, 1, 1, 1, 1]],
		['', 'xyzzy', [2, 2, 2, 6, 278, 931725590, 2005467414, 1, 2]],
		['abcd', '', [1, 1, 1, 9, 17433, 761218073, 1834959897, 1, 1]],
		['abcde', 'x', [1, 1, 1, 9, 17657, 761218297, 1834960121, 1, 1]],
		['hello world', 'xyzzy', [2, 2, 2, 2, 47250, 2799762, 1076541586, 1, 2]],
		['0123456789abcdef', 'x', [1, 1, 1, 13, 31981, 389381357, 389381357, 1, 1]],
		['\xc3\xa4\xc8x', '', [2, 2, 2, 16, 59872, 454683104, 1528424928, 1, 2]],
		['\xff', '\xff\xc8', [2, 2, 2, 2, 658, 1966738, 1075708562, 1, 2]],
	];
	take(
		hashes.flatMap(([first, second, results]) =>
			results.map((hash, i) => is('core_hash', hash, first, second, sizes[i])),
		),
	);
});

test('there are no routes, and no memory of the kind to report on', () => {
	take([
		is('check_route_exists', -1, 'X'),
		is('route_if_exists', -1, ''),
		...['pkg_status', 'pkg_summary', 'shm_status', 'shm_summary'].map((name) => is(name, 1)),
	]);
});

// Kamailio ends with a core dump.
test('abort is refused', () => {
	take([complains('cfgutils.abort')(-1)]);
});

test('a first probability above 100 percent is refused at the start', () => {
	const modparams = [{ module: 'cfgutils', name: 'initial_probability', value: 101 }];
	assert.throws(() => new World({ modparams }), { code: 'KH_MODPARAM' });
});
