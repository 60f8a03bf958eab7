/** The CPU limit is on CPU time: what a process waits for its turn, or in a call, is not the script's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENGINES } from '../../engines/list.ts';
import { defineModule, fn } from '../../src/kemi/module.ts';
import { hostFor } from '../support/host.ts';

const CPU_LIMIT = 200;

/** Keeps the process for longer than the limit without using CPU time, as a busy machine does. */
const machine = defineModule({
	name: 'machine',
	doc: 'Gives the processor to others.',
	functions: [
		fn(
			'busy',
			[],
			'int',
			'Waits for its turn.',
			() => {
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, CPU_LIMIT);
				return 1;
			},
			{ cfg: 'machine_busy' },
		),
	],
});

/** Calls it twice, the limit being looked at between and behind, and replies. */
const SCRIPTS = {
	lua: `function ksr_xhttp_event()
	for _ = 1, 2 do
		KSR.machine.busy()
		for i = 1, 20000 do local _ = i end
	end
	if KSR.pv.get("$hu") == "/loop" then while true do end end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "done")
end`,
	javascript: `function ksr_xhttp_event() {
	for (let n = 0; n < 2; n++) {
		KSR.machine.busy();
		for (let i = 0; i < 20000; i++) ;
	}
	if (KSR.pv.get("$hu") == "/loop") for (;;) ;
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "done");
}`,
	native: `loadmodule "xhttp.so"
loadmodule "pv.so"
loadmodule "machine.so"
max_while_loops = 1000000000
event_route[xhttp:request] {
	machine_busy();
	$var(i) = 0;
	while ($var(i) < 200) $var(i) = $var(i) + 1;
	machine_busy();
	while ($hu == "/loop") $var(i) = 0;
	xhttp_reply("200", "OK", "text/plain", "done");
}`,
};

const ENDINGS = { lua: 'lua', javascript: 'js', native: 'cfg' };

for (const { name: engine, language } of ENGINES)
	test(`${engine}: a script is stopped for the time it uses, not for the time it takes`, {
		// V8 stops what runs in an isolate by the clock
		skip: engine === 'isolated-vm',
	}, async (t) => {
		const { request } = await hostFor(t, SCRIPTS[language], {
			engine,
			name: `handler.${ENDINGS[language]}`,
			modules: [machine],
			limits: { cpu: CPU_LIMIT },
		});
		assert.equal((await request('/')).body, 'done');
		assert.equal((await request('/loop')).status, 503);
		assert.equal((await request('/')).body, 'done');
	});
