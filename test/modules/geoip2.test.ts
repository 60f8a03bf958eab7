/** KSR.geoip2: a database that is read anew, and ones that are none. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RpcFault } from '../../src/kemi/rpc.ts';
import { makeMmdb } from '../../tools/mmdb.ts';
import { folderWith, hostFor } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event()
	local code = KSR.geoip2.match(string.sub(KSR.pv.get("$hu"), 2), "x")
	local far = KSR.geoip2.distance(string.sub(KSR.pv.get("$hu"), 2), "1", "2")
	KSR.xhttp.xhttp_reply(200, "OK", "", code .. " " .. KSR.pv.gete("$gip2(x=>cc)") .. " " .. far)
end`;

const param = (path: string) => ({ module: 'geoip2', name: 'path', value: path });

test('a database is read anew where it is one', async (t) => {
	const path = join(folderWith(t, {}), 'places.mmdb');
	const place = (code: string, latitude: number | string) => ({
		country: { iso_code: code },
		location: { latitude, longitude: 2.5 },
	});
	writeFileSync(path, makeMmdb({ '192.0.2.0/24': place('IT', 1.5) }));
	const { host, request } = await hostFor(t, HANDLER, { modparams: [param(path)] });
	const ask = async (address: string) => (await request(`/${address}`)).body;
	const reload = async () => host.rpc.run(host, 'geoip2.reload', []);
	assert.equal(await ask('192.0.2.1'), '1 IT 48');
	assert.equal(await ask('2001:db8::1'), '-2  -2');
	writeFileSync(path, makeMmdb({ '2001:db8::/33': place('JP', 'north') }));
	assert.equal(await ask('192.0.2.1'), '1 IT 48');
	assert.deepEqual(await reload(), {});
	assert.equal(await ask('192.0.2.1'), '-2  -2');
	assert.equal(await ask('2001:db8::1'), '1 JP -3');
	writeFileSync(path, 'nonsense');
	await assert.rejects(reload(), new RpcFault(500, 'Reload failed'));
	assert.equal(await ask('2001:db8::1'), '1 JP -3');
});

test('a file that is none ends the start, and without one a match fails', async (t) => {
	await assert.rejects(
		hostFor(t, HANDLER, { modparams: [param('/nowhere.mmdb')] }),
		/path of module geoip2: .*ENOENT/,
	);
	await assert.rejects(hostFor(t, HANDLER, { modparams: [param(import.meta.filename)] }), {
		code: 'KH_MODPARAM',
	});
	const { host, request, lines } = await hostFor(t, HANDLER);
	assert.equal((await request('/192.0.2.1')).body, '-1  -1');
	assert.match(lines().join('\n'), /KSR\.geoip2\.match: path is not set/);
	await assert.rejects(
		async () => host.rpc.run(host, 'geoip2.reload', []),
		new RpcFault(500, 'Reload failed'),
	);
});
