/** $xml: what Kamailio was not asked, or where it is not followed. Its answers are in the corpus. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event()
	local set = KSR.pv.sets("$xml(a=>doc)", KSR.pv.gete("$rb"))
	local out = { tostring(set) }
	for _, path in ipairs({ "/a", "/a/b", "//@*" }) do
		out[#out + 1] = tostring(KSR.pv.get("$xml(a=>xpath:" .. path .. ")"))
	end
	KSR.xhttp.xhttp_reply(200, "OK", "", table.concat(out, "|"))
end`;

const setting = (name: string, value: string | number) => ({ module: 'xmlops', name, value });

test('entities of a document are not read, and what is not well-formed has no nodes', async (t) => {
	const { request, lines } = await hostFor(t, HANDLER);
	const ask = async (body: string) => (await request('/', { method: 'POST', body: Buffer.from(body) })).body;
	assert.equal(await ask('<a><b/></a>'), 'true|<a><b/></a>|<b/>|');
	for (const bad of [
		'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
		'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
		'<a><b></a>',
		'<a x=1/>',
		'<a/><a/>',
		'text',
	])
		assert.equal(await ask(bad), 'true|nil|nil|nil', bad);
	assert.match(lines().at(-1) ?? '', /\$xml\(a=>xpath:\/\/@\*\): /);
	assert.equal(await ask(''), 'true|nil|nil|nil');
});

test('documents and what is found in them have at most buf_size bytes', async (t) => {
	const { request, lines } = await hostFor(t, HANDLER, { modparams: [setting('buf_size', 20)] });
	const ask = async (body: string) => (await request('/', { method: 'POST', body: Buffer.from(body) })).body;
	assert.equal(await ask(`<a>${'x'.repeat(14)}</a>`), 'false|nil|nil|nil');
	assert.match(lines().at(-1) ?? '', /has 21 bytes, of which buf_size allows 20/);
	assert.equal(await ask('<a><b/><b/><b/></a>'), 'true|<a><b/><b/><b/></a>|<b/>,<b/>,<b/>|');
	assert.equal(await ask('<a><b>&gt;</b></a>'), 'true|<a><b>&gt;</b></a>|<b>&gt;</b>|');
	assert.equal(await ask('<a><b>>>>>></b></a>'), 'true|nil|nil|');
});

test('a document belongs to its request', async (t) => {
	const { request } = await hostFor(
		t,
		`function ksr_xhttp_event()
	local before = tostring(KSR.pv.get("$xml(a=>doc)"))
	KSR.pv.sets("$xml(a=>doc)", "<a/>")
	KSR.xhttp.xhttp_reply(200, "OK", "", before)
end`,
	);
	assert.equal((await request()).body, 'nil');
	assert.equal((await request()).body, 'nil');
});
