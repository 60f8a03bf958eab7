import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';

test('what cannot be the name of a host is not asked for', async (t) => {
	const { request, lines } = await hostFor(
		t,
		`function ksr_xhttp_event()
			local out = {}
			for _, name in ipairs({ "", "a b", "localhost\\0.example.org", "\\255", string.rep("x", 256) }) do
				out[#out + 1] = KSR.ipops.dns_query(name, "p") .. "/" .. KSR.ipops.dns_sys_match_ip(name, "127.0.0.1")
			end
			KSR.ipops.srv_query("a\\0b", "s")
			out[#out + 1] = KSR.pv.get("$srvquery(s=>count)")
			print(table.concat(out, " "))
		end`,
		{ limits: { cpu: 10_000 } },
	);
	await request();
	assert.deepEqual(lines('script'), ['-4/-4 -4/-4 -4/-4 -4/-4 -2/-4 0']);
});
