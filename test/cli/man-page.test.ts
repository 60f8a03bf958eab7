/** The page for `man kemihost`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allCommands } from '../../src/cli/commands.ts';
import { dashed } from '../../src/cli/completion/words.ts';
import { text } from '../../tools/roff.ts';

const COMMANDS = await allCommands();

const PAGE = fileURLToPath(new URL('../../man/kemihost.1', import.meta.url));

/** The page as a terminal of 200 columns shows it, and the complaints; undefined without such a program. */
function shown(command: string, args: readonly string[]) {
	const env = { ...process.env, MANWIDTH: '200', MANROFFOPT: '', LC_ALL: 'C.UTF-8', PAGER: 'cat' };
	const { error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env });
	return error ? undefined : { page: stdout, complaints: stderr };
}

test('man shows the page without a complaint, with every command and flag', (t) => {
	const found = shown('man', ['--warnings', '-l', PAGE]);
	if (!found) return t.skip('there is no man');
	if (!found.page.includes('NAME')) return t.skip('man shows nothing here');
	assert.equal(found.complaints, '');
	for (const { command, options } of COMMANDS) {
		const [usage = ''] = [command ?? []].flat();
		assert.ok(found.page.includes(`kemihost ${usage}`), usage);
		for (const [name, { alias, hidden }] of Object.entries(options)) {
			if (hidden) continue;
			const names = [name, ...[alias ?? []].flat()].map(dashed).join(', ');
			assert.ok(found.page.includes(names), names);
		}
	}
	assert.match(found.page, /^ +78 +a configuration file/m);
});

test('mandoc finds no error in the page', (t) => {
	const found = shown('mandoc', ['-T', 'lint', '-W', 'error', PAGE]);
	if (!found) return t.skip('there is no mandoc');
	assert.equal(found.page, '');
});

test('what roff would read as its own is text', () => {
	assert.equal(text(".PP 'a' \\n -x"), '\\&.PP \\(aqa\\(aq \\(rsn \\-x');
	assert.equal(text('…'), '\\[u2026]');
});
