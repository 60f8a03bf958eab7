import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineModule, fn } from '../../src/kemi/module.ts';
import { hostFor } from '../support/host.ts';

test('a text of a module that is no byte string comes out of Lua as one, and cannot end a header line', async (t) => {
	const module = defineModule({
		name: 'wide',
		doc: 'Gives what a module should not: characters that are no bytes.',
		functions: [fn('text', [], 'xval', 'A text.', () => 'X-Wide: a\u010aX-Injected: yes')],
	});
	for (const engine of ['fengari', 'wasmoon']) {
		const { request } = await hostFor(
			t,
			`function ksr_xhttp_event()
				KSR.xhttp.xhttp_reply(200, "OK", "", "" .. KSR.hdr.append_to_reply(KSR.wide.text()))
			end`,
			{ engine, modules: [module] },
		);
		const { body, headers } = await request();
		assert.doesNotMatch(headers, /X-Injected|\u010a/, engine);
		assert.equal(body, '-1', engine);
	}
});
