/** The service and socket units, by systemd's own checker, and what systemd is told. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const PACKAGING = fileURLToPath(new URL('../../packaging/', import.meta.url));
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

for (const type of ['service', 'socket'])
	test(`the ${type} unit is one that systemd takes`, {
		skip: !has('systemd-analyze') && 'there is no systemd-analyze',
	}, (t) => {
		const folder = mkdtempSync(join(tmpdir(), 'kemihost-unit-'));
		t.after(() => rmSync(folder, { recursive: true }));
		const unit = join(folder, `kemihost@shop.${type}`);
		copyFileSync(join(PACKAGING, 'kemihost@.service'), join(folder, 'kemihost@shop.service'));
		copyFileSync(join(PACKAGING, 'kemihost@.socket'), join(folder, 'kemihost@shop.socket'));
		const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
			encoding: 'utf8',
		});
		assert.equal(stderr.replaceAll(/^.*(not executable|Unit .* not found).*\n/gm, ''), '');
		assert.equal(status, 0);
	});

/** A socket of systemd's kind: what is sent to it comes out as lines. */
async function notifySocket(t: TestContext, path: string) {
	const code = `import socket,sys
s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); s.bind(sys.argv[1]); print("bound",flush=True)
while True: print(s.recv(4096).decode().replace("\\n"," "),flush=True)`;
	const child = spawn('python3', ['-c', code, path], { stdio: ['ignore', 'pipe', 'inherit'] });
	t.after(() => child.kill());
	let text = '';
	child.stdout.setEncoding('utf8').on('data', (piece: string) => {
		text += piece;
	});
	const until = async (word: string) => {
		while (!text.includes(word)) await once(child.stdout, 'data');
	};
	await until('bound');
	return until;
}

test('systemd is told of the start, of signs of life, of a reload and of the end', {
	skip: !(has('systemd-notify') && has('python3')) && 'there is no systemd-notify or python3',
}, async (t) => {
	const folder = folderWith(t, { 'h.lua': 'function ksr_xhttp_event() end' });
	const path = join(folder, 'notify.sock');
	const until = await notifySocket(t, path);
	const run = kemihost(t, ['run', join(folder, 'h.lua'), '--listen=:0', '--children=1', '--control=-'], {
		env: { NOTIFY_SOCKET: path, WATCHDOG_USEC: '200000' },
	});
	await until('READY=1');
	await until('WATCHDOG=1');
	run.child.kill('SIGHUP');
	await until('RELOADING=1');
	run.child.kill('SIGTERM');
	await until('STOPPING=1');
	assert.equal(await run.ended, 0);
});
