/** A host goes on where nobody takes what it prints: a log that is lost must not take the service with it. */
import assert from 'node:assert/strict';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LOG_FORMATS, type LogFormat } from '../../src/log/formats.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const SCRIPT = `function ksr_xhttp_event(evname)
	KSR.warn("a line of the log\\n")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$pp"))
end`;

/** Serves, loses the reader of what is printed if there was one, and serves on. */
async function servesOn(t: TestContext, format: LogFormat, stderr?: number): Promise<void> {
	const folder = folderWith(t, { 'h.lua': SCRIPT });
	const flags = ['--listen=:0', '--children=2', `--log-format=${format}`, '--trace'];
	const run = kemihost(t, ['run', join(folder, 'h.lua'), ...flags], stderr === undefined ? {} : { stderr });
	const [, url = ''] = await run.until(/on (http:\S+)/);
	const children = new Set<string>();
	const askAll = async () => {
		for (let i = 0; i < 8; i++) {
			const response = await fetch(url, { headers: { Connection: 'close' } });
			assert.equal(response.status, 200);
			children.add(await response.text());
		}
	};
	run.child.stderr?.destroy();
	run.child.stdout?.destroy();
	await askAll();
	run.child.kill('SIGHUP'); // the primary has something to say too
	await askAll();
	assert.equal(children.size, 2, 'none of them was replaced');
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
}

for (const format of LOG_FORMATS) {
	test(`a host outlives the reader of its log (${format})`, (t) => servesOn(t, format));

	test(`a host outlives a full disk (${format})`, { skip: !existsSync('/dev/full') }, async (t) => {
		const full = openSync('/dev/full', 'w');
		t.after(() => closeSync(full));
		await servesOn(t, format, full);
	});
}
