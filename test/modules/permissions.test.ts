/** KSR.permissions with a file of addresses. The results were recorded from Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gives, is, type Step, take, World } from '../support/context.ts';
import { folderWith } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const FILE = `# comment
1 10.0.0.1
1 10.1.0.0 16
2 10.0.0.1 32 5060 tag-two
3 192.0.2.0 24 0 docs   # behind
  4   127.0.0.0 8

5 [2001:db8::1]
5 2001:db8:1:: 48
6 example.org
6 example.org 0 80 web
7 127.0.0.1 32 1
192.0.2.9
8 10.1.2.0 24 0 inner
`;

const modparam = paramsOf('permissions');

function withFile(t: TestContext, text: string, more: ReturnType<typeof modparam>[] = []) {
	const path = join(folderWith(t, { 'address.list': text }), 'address.list');
	return { modparams: [modparam('address_file', path), ...more] };
}

const inGroup = (group: number, address: string, port: number, result: number): Step =>
	gives('permissions.allow_address', group, address, port)(result);
const groupOf = (address: string, port: number, result: number): Step =>
	gives('permissions.allow_address_group', address, port)(result);

test('addresses, networks and names', (t) => {
	take(
		[
			inGroup(1, '10.0.0.1', 0, 1),
			inGroup(2, '10.0.0.1', 5060, 1),
			inGroup(2, '10.0.0.1', 5061, -1),
			groupOf('10.0.0.1', 0, 1),
			groupOf('10.0.0.1', 5060, 2),
			groupOf('10.1.2.3', 0, 1),
			inGroup(8, '10.1.2.3', 0, 1),
			inGroup(5, '2001:db8::1', 0, 1),
			inGroup(5, '[2001:db8::1]', 0, 1),
			inGroup(5, '2001:db8:1::7', 0, 1),
			inGroup(6, 'example.org', 81, 1),
			inGroup(6, 'EXAMPLE.org', 0, -1),
			groupOf('example.org', 80, 6),
			groupOf('example.com', 80, -1),
			groupOf('', 80, -1),
			inGroup(192, '.0.2.9', 0, 1),
			inGroup(-1, '192.0.2.9', 0, -1),
			inGroup(1, '10.1.0.0', -1, 1),
		],
		{},
		withFile(t, FILE),
	);
});

test("the client's address", (t) => {
	take(
		[
			gives('permissions.allow_source_address', 4)(1),
			gives('permissions.allow_source_address', 1)(-1),
			gives('permissions.allow_source_address_group')(4),
		],
		{ connection: { remote: { address: '127.0.0.1', port: 40_000 } } },
		withFile(t, FILE),
	);
	take(
		[gives('permissions.allow_source_address_group')(7)],
		{ connection: { remote: { address: '127.0.0.1', port: 1 } } },
		withFile(t, FILE),
	);
});

test('the tag of an address that matches goes into an AVP', (t) => {
	take(
		[
			inGroup(2, '10.0.0.1', 5060, 1),
			inGroup(3, '192.0.2.77', 0, 1),
			inGroup(1, '10.0.0.1', 0, 1),
			is('$(avp(tag)[*])', 'docs, tag-two'),
		],
		{},
		withFile(t, FILE, [modparam('peer_tag_avp', '$avp(tag)')]),
	);
});

test('files and parameters that are not good are named', (t) => {
	const refuses = (options: { modparams: ReturnType<typeof modparam>[] }, message: RegExp) =>
		assert.throws(() => new World(options), { code: 'KH_MODPARAM', message });
	refuses(withFile(t, '1 10.0.0.1\n2 10.0.0.0 33\n'), /address\.list: line 2 has a mask of too many bits/);
	refuses(withFile(t, '7\n'), /line 1 names no address/);
	refuses({ modparams: [modparam('address_file', '/nowhere/at/all')] }, /ENOENT/);
	refuses({ modparams: [modparam('peer_tag_avp', 'tag')] }, /peer_tag_avp .* is no \$avp\(name\)/);
	refuses({ modparams: [modparam('db_url', 'mysql://x')] }, /db_url .* is no URL of a database/);
	refuses({ modparams: [modparam('db_url', 'sqlite://x'), modparam('grp_col', 'a b')] }, /grp_col .* "a b"/);
	refuses(
		withFile(t, '1 10.0.0.0 8\n1 10.1.0.0 16\n', [modparam('max_subnets', 1)]),
		/line 2 is one network too many/,
	);
});
