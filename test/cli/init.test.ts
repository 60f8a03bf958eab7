/** `kemihost init`: a project of each kind passes its own test, compiles, and answers. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

for (const [lang, script] of [
	['lua', 'handler.lua'],
	['js', 'handler.js'],
	['ts', 'handler.ts'],
	['cfg', 'kamailio.cfg'],
] as const)
	test(`a project in ${lang} passes its own test at once`, async (t) => {
		const folder = folderWith(t, {});
		const made = kemihost(t, ['init', 'my project', '--lang', lang], { cwd: folder });
		assert.equal(await made.ended, 0, made.stderr());
		const project = join(folder, 'my project');
		for (const [, path = ''] of made.stdout().matchAll(/^wrote (.*)$/gm))
			assert.ok(existsSync(join(folder, path)), path);
		assert.equal(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).name, 'my-project');

		const tested = kemihost(t, ['test'], { cwd: project });
		assert.equal(await tested.ended, 0, tested.stdout());
		assert.match(tested.stdout(), /3 passed, 0 failed/);
		assert.doesNotMatch(tested.stderr(), /Warning/);

		const asked = kemihost(t, ['request', script, '/hello?name=Ada'], { cwd: project });
		assert.equal(await asked.ended, 0);
		assert.match(asked.stdout(), /200 OK[\s\S]*Ada/);

		if (existsSync(join(project, 'tsconfig.json'))) {
			execFileSync(process.execPath, [TSC, '-p', project]);
			const handler = join(project, script);
			writeFileSync(handler, readFileSync(handler, 'utf8').replace('xhttp_reply', 'xhttp_repli'));
			assert.throws(() => execFileSync(process.execPath, [TSC, '-p', project], { stdio: 'pipe' }));
		}
	});

test('nothing is written over, unless it is asked for', async (t) => {
	const folder = folderWith(t, { 'handler.lua': '-- mine\n' });
	const refused = kemihost(t, ['init'], { cwd: folder });
	assert.notEqual(await refused.ended, 0);
	assert.match(refused.stderr(), /there are files already: handler\.lua/);
	assert.equal(existsSync(join(folder, 'test_handler.lua')), false);
	const forced = kemihost(t, ['init', '--force'], { cwd: folder });
	assert.equal(await forced.ended, 0);
	assert.notEqual(readFileSync(join(folder, 'handler.lua'), 'utf8'), '-- mine\n');
});
