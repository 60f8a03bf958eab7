/**
 * A few cases through the configuration that the runner writes for Kamailio, started by Kamailio's command line. The
 * others get the same settings as flags (`target.ts`), which starts faster.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { ROOT } from '../../tools/command.ts';
import { collect, here, shellWord } from './run.ts';

const CASES = {
	lua: ['htable-initval', 'url-match-sip', 'script-calls-cfg-route'],
	js: ['readme-callback-custom-name', 'pv-def-and-env'],
};

for (const [variant, names] of Object.entries(CASES))
	test(`cases of ${variant} pass through their kamailio.cfg`, async () => {
		const host = `${shellWord(process.execPath)} ${shellWord(`${ROOT}bin/kemihost.js`)}`;
		const target = `${host} -f {cfg} -m 64 -M 8 -DD -E -Y {dir} -P {dir}/kamailio.pid`;
		const only = `^(${names.join('|')})$`;
		const args = [here('conformance.mjs'), 'check', here('cases'), '--variants', variant, '--only', only];
		const child = spawn(process.execPath, [...args, '--jobs', '2', '--target', target], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const output = await collect(child);
		assert.match(output, new RegExp(`^${names.length} passed, 0 failed$`, 'm'), output);
	});
