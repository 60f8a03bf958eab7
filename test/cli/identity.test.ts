/** `--user` and `--group`: root listens, and somebody else serves. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { askHost } from '../../src/rpc/control.ts';
import { outputOf } from '../../tools/command.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const skip = process.getuid?.() !== 0 && 'only root can become somebody else';
const BIN = fileURLToPath(new URL('../../bin/kemihost.js', import.meta.url));
/** Numbers, since systems differ in the names of those without rights. */
const NOBODY = 65534;

const script = (version: string) => `function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/set" then KSR.pv.seti("$shv(seen)", 7) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "${version} " .. KSR.pv.get("$pp") .. " " .. KSR.pv.get("$shv(seen)"))
end`;

/** Who a process is: its user, its group and its other groups. */
async function identityOf(pid: number): Promise<string> {
	return (await outputOf('ps', ['-o', 'uid=,gid=,supgid=', '-p', String(pid)])).trim().replace(/ +/g, ' ');
}

for (const children of [0, 2])
	test(`no process stays root, and all goes on as before, with ${children || 'no'} children`, {
		skip,
	}, async (t) => {
		const folder = folderWith(t, { 'h.lua': script('one') });
		chmodSync(folder, 0o755);
		mkdirSync(join(folder, 'run'), { mode: 0o700 });
		const pidFile = join(folder, 'run', 'kemihost.pid');
		const stateDir = join(folder, 'state');
		const flags = [`--children=${children}`, '--listen=:0', `--user=${NOBODY}`, `--group=${NOBODY}`];
		const control = join(folder, 'run', 'control.sock');
		const files = [`--pid-file=${pidFile}`, `--state-dir=${stateDir}`, `--control=${control}`];
		const run = kemihost(t, ['run', join(folder, 'h.lua'), ...flags, ...files]);
		const [, url = ''] = await run.until(/on (http:\S+)/);
		const get = async (path = '/') => {
			const response = await fetch(new URL(path, url), { headers: { Connection: 'close' } });
			const [version = '', pid = '', seen = ''] = (await response.text()).split(' ');
			return { version, pid: Number(pid), seen };
		};

		assert.equal(Number(readFileSync(pidFile, 'latin1')), run.child.pid, "in a folder that is root's alone");
		const { uid, mode } = statSync(control);
		assert.deepEqual([uid, mode & 0o777], [NOBODY, 0o600]);
		const document = '{"jsonrpc":"2.0","method":"core.echo","params":["x"],"id":1}';
		assert.deepEqual(JSON.parse((await askHost(control, document)) ?? '').result, ['x']);
		// the folder is opened for this, so that it is the socket that keeps others out
		chmodSync(join(folder, 'run'), 0o755);
		const other = spawnSync(process.execPath, [BIN, 'rpc', 'core.version', `--control=${control}`], {
			uid: NOBODY - 1,
			encoding: 'utf8',
		});
		assert.equal(other.status, 1);
		assert.match(other.stderr, /cannot be asked \(EACCES\) \[KH_RPC\]\n {2}hint: only root and the user/);
		await get('/set');
		const pids = new Set([run.child.pid as number]);
		for (let i = 0; i < 8; i++) {
			const { pid, seen } = await get();
			assert.equal(seen, '7', 'what is shared can be written and read');
			pids.add(pid);
		}
		assert.equal(pids.size, 1 + children);
		for (const pid of pids)
			assert.match(
				await identityOf(pid),
				new RegExp(`^${NOBODY} ${NOBODY} (-|${NOBODY})$`),
				`process ${pid}`,
			);

		writeFileSync(join(folder, 'h.lua'), script('two'));
		run.child.kill('SIGHUP');
		await run.until(/was reloaded/);
		assert.equal((await get()).version, 'two');
		if (children > 0) {
			const { pid } = await get();
			process.kill(pid, 'SIGKILL');
			await run.until(/serves again/);
			for (let i = 0; i < 4; i++) assert.equal((await get()).seen, '7');
		}
		run.child.kill('SIGTERM');
		assert.equal(await run.ended, 0, run.stderr());
	});

test("a folder that is made for the PID file and the control socket is the user's, and nothing stays in it", {
	skip,
}, async (t) => {
	const folder = folderWith(t, { 'h.lua': script('one') });
	chmodSync(folder, 0o755);
	const files = ['--pid-file', 'run/kemihost.pid', '--control', 'run/control.sock'];
	const flags = ['--children=0', '--listen=:0', `--user=${NOBODY}`];
	const run = kemihost(t, ['run', 'h.lua', ...flags, ...files], { cwd: folder });
	await run.until(/on http:/);
	assert.deepEqual(readdirSync(join(folder, 'run')).sort(), ['control.sock', 'kemihost.pid']);
	run.child.kill('SIGTERM');
	assert.equal(await run.ended, 0);
	assert.deepEqual(readdirSync(join(folder, 'run')), []);
});

test('a user that does not exist is an error of the command line', { skip }, async (t) => {
	const path = join(folderWith(t, { 'h.lua': script('one') }), 'h.lua');
	const run = kemihost(t, [
		'run',
		path,
		'--listen=:0',
		'--user=no-such-user-here',
		'--children=0',
		'--control=-',
	]);
	assert.equal(await run.ended, 2);
	assert.match(run.stderr(), /cannot run as no-such-user-here/);
});

test('a start that fails leaves the PID file of another host alone, and none of its own', async (t) => {
	const folder = folderWith(t, { 'bad.lua': 'function (', 'other.pid': '4711\n' });
	for (const name of ['other.pid', 'own.pid']) {
		const run = kemihost(t, [
			'run',
			join(folder, 'bad.lua'),
			'--listen=:0',
			'--children=0',
			`--pid-file=${join(folder, name)}`,
		]);
		assert.equal(await run.ended, 3);
	}
	assert.equal(readFileSync(join(folder, 'other.pid'), 'latin1'), '4711\n');
	assert.equal(existsSync(join(folder, 'own.pid')), false);
});
