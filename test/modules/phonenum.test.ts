/** KSR.phonenum: numbers of one country, and the members that Kamailio 5.6.3 has not. Its answers are in the corpus. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';

test('a number as it is dialled in a country becomes an international one', async (t) => {
	const { request } = await hostFor(
		t,
		`function ksr_xhttp_event()
	local number, country = string.match(KSR.pv.get("$hu"), "/(.-)/(.*)")
	local code = KSR.phonenum.match_cn(number, country, "n")
	local out = { tostring(code) }
	for _, member in ipairs({ "valid", "normalized", "natnum", "ndesc", "error" }) do
		out[#out + 1] = tostring(KSR.pv.get("$phn(n=>" .. member .. ")"))
	end
	KSR.xhttp.xhttp_reply(200, "OK", "", table.concat(out, "|"))
end`,
	);
	const ask = async (path: string) => (await request(path)).body;
	assert.equal(await ask('/030123456/DE'), '1|1|+4930123456|030 123456|Germany|nil');
	assert.equal(await ask('/0049301234567/DE'), '1|1|+49301234567|030 1234567|Germany|nil');
	assert.equal(await ask('/+390612345678/DE'), '1|1|+390612345678|06 1234 5678|Italy|nil');
	assert.equal(await ask('/030123456/'), '1|0|nil|nil|nil|Parsing number failed');
	assert.equal(await ask('/030123456/none'), '1|0|nil|nil|nil|Parsing number failed');
	assert.equal(await ask('/112/DE'), '1|0|nil|nil|nil|Invalid number');
	assert.equal(await ask(`/${'1'.repeat(256)}/DE`), '-3|nil|nil|nil|nil|nil');
});
