/** KSR.uuid and $uuid. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fails, is, read, set, take, World } from '../support/context.ts';

const VERSION_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const VERSION_1 = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const call = (world: World, name: string) =>
	String(world.host.exports.find(`KSR.uuid.${name}`)?.call(world.request(), [], 'lua'));

test('the functions give UUIDs', () => {
	const world = new World();
	assert.match(call(world, 'get'), VERSION_4);
	assert.match(call(world, 'rget'), VERSION_4);
	assert.match(call(world, 'tget'), VERSION_1);
});

// Recorded from Kamailio 5.6.3, but for `s`, which fails there without the uuidd daemon
test('the first letter of the name says which one $uuid is', () => {
	take([
		is('$uuid(g)', VERSION_4),
		is('$uuid(r)', VERSION_4),
		is('$uuid(R)', VERSION_4),
		is('$uuid(x)', VERSION_4),
		is('$uuid( t)', VERSION_4),
		is('$uuid($var(t))', VERSION_4),
		is('$uuid(t)', VERSION_1),
		is('$uuid(Time)', VERSION_1),
		is('$uuid(s)', VERSION_1),
		is('$(uuid(g){s.len})', 36),
		fails('$uuid'),
		fails('$uuid()'),
		fails('$(uuid(g)[0])'),
		set('$uuid(g)', 'x'),
	]);
});

test('a UUID of version 1 holds the time', () => {
	const world = new World();
	const before = Date.now();
	const [low = '', middle = '', high = ''] = call(world, 'tget').split('-');
	const ticks = BigInt(`0x${high.slice(1)}${middle}${low}`);
	const unix = Number((ticks - 0x01b2_1dd2_1381_4000n) / 10_000n);
	assert.ok(unix >= before && unix <= Date.now() + 1);
});

test('no UUID comes twice, and those of one host share their last groups', () => {
	const world = new World();
	const ctx = world.request();
	const all = Array.from({ length: 20_000 }, () => String(read(ctx, '$uuid(t)')));
	assert.equal(new Set(all).size, all.length);
	assert.equal(new Set(all.map((uuid) => uuid.slice(19))).size, 1);
	assert.notEqual(call(new World(), 'tget').slice(19), all[0]?.slice(19));
	// The multicast bit: not the address of a machine
	assert.equal(Number.parseInt(all[0]?.slice(24, 26) ?? '', 16) & 1, 1);
});
