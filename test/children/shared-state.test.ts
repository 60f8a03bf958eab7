/**
 * What several children share, through the front door: scripts count, queue and lock, while children are killed. With
 * `TEST_INCREMENTS=100000` it counts that far.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Command, kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const CLIENTS = 8;
const CHILDREN = 4;
/** Increments of each counter by one request. */
const EACH = 20;
const INCREMENTS = Number(process.env['TEST_INCREMENTS'] ?? 20_000);

const HANDLER = `
local function total()
	return KSR.pv.get("$sht(t=>n)") .. " " .. KSR.pv.get("$shv(n)") .. " " .. KSR.pv.get("$stat(n)")
end

local answers = {
	count = function()
		for i = 1, ${EACH} do
			KSR.htable.sht_inc("t", "n")
			KSR.pv.get("$shvinc(n)")
			KSR.statistics.update_stat("n", 1)
		end
		return KSR.pv.get("$pp")
	end,
	total = total,
	write = function()
		local n = KSR.htable.sht_inc("t", "writes")
		KSR.htable.sht_sets("t", "text", string.rep(n .. ";", 3000))
		return n
	end,
	text = function()
		return KSR.pv.get("$sht(t=>writes)") .. " " .. KSR.pv.get("$sht(t=>text)")
	end,
	queue = function()
		KSR.mqueue.mq_add("q", KSR.pv.get("$hdr(X-Item)"), "v")
		KSR.mqueue.mq_fetch("q")
		return KSR.pv.get("$mqk(q)")
	end,
	lock = function()
		return tostring(KSR.htable.sht_lock("t", "k"))
	end,
	hold = function()
		KSR.htable.sht_lock("t", "k")
		KSR.info("holding " .. KSR.pv.get("$pp"))
		while true do end
	end,
	init = function()
		return KSR.pv.get("$sht(t=>mod-init)") .. " " .. KSR.pv.get("$sht(t=>worker-one-init)") .. " " .. total()
	end,
}

function ksr_xhttp_event(evname)
	local name = string.sub(KSR.pv.get("$hu"), 2)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "" .. answers[name]())
end

function on_event(evname)
	KSR.htable.sht_inc("t", string.match(evname, ":(.*)"))
	KSR.info(evname .. " in " .. KSR.pv.get("$pp") .. " " .. KSR.pv.get("$rm"))
end
`;

const MODPARAMS = [
	'htable:htable:s:t=>initval=0',
	'htable:event_callback:s:on_event',
	'core:kemi.event_route_callback:s:on_event',
	'pv:shvset:s:n=i:0',
	'statistics:variable:s:n',
	'mqueue:mqueue:s:name=q',
].map((param) => `--modparam=${param}`);

interface Running {
	readonly run: Command;
	/** Asks over a connection of its own, so that children take turns. Undefined if the connection was lost. */
	readonly get: (path: string, headers?: Record<string, string>) => Promise<string | undefined>;
}

async function running(t: TestContext, flags: readonly string[] = [], children = CHILDREN): Promise<Running> {
	const folder = folderWith(t, { 'h.lua': HANDLER });
	const args = ['run', join(folder, 'h.lua'), '--listen=:0', `--children=${children}`, ...MODPARAMS];
	const run = kemihost(t, [...args, '--log-format=kamailio', ...flags]);
	const [, url = ''] = await run.until(/on (http:\S+)/);
	const get = async (path: string, headers: Record<string, string> = {}) => {
		try {
			const response = await fetch(url + path, { headers: { Connection: 'close', ...headers } });
			const text = await response.text();
			return response.status === 200 ? text : undefined;
		} catch {
			return undefined;
		}
	};
	return { run, get };
}

/** Has all clients ask at the same time, each so many times. */
async function crowd(times: number, ask: (client: number, time: number) => Promise<void>): Promise<void> {
	const client = async (number: number) => {
		for (let time = 0; time < times; time++) await ask(number, time);
	};
	await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
}

test(`8 clients and 4 children lose none of ${INCREMENTS} increments`, async (t) => {
	const { get } = await running(t);
	const pids = new Set<string | undefined>();
	await crowd(INCREMENTS / EACH / CLIENTS, async () => void pids.add(await get('count')));
	assert.equal(await get('total'), `${INCREMENTS} ${INCREMENTS} ${INCREMENTS}`);
	assert.equal(pids.size, CHILDREN);
});

test('what is put into a queue by many comes out once', async (t) => {
	const { get } = await running(t);
	const items = new Set<string | undefined>();
	await crowd(
		25,
		async (client, time) => void items.add(await get('queue', { 'X-Item': `${client}.${time}` })),
	);
	assert.equal(items.size, 25 * CLIENTS);
	assert.ok(!items.has(undefined));
});

test('children killed in the middle of writes lose those at the most, and leave the store readable', async (t) => {
	const { run, get } = await running(t);
	let [sent, answered, killed] = [0, 0, 0];
	const pids = () => [...run.stderr().matchAll(/child \d \((\d+)\)/g)].length;
	const victim = async () => Number(await get('count'));
	const kills = (async () => {
		for (; killed < 4; killed++) {
			const before = pids();
			const pid = await victim();
			if (pid > 0) process.kill(pid, 'SIGKILL');
			await run.until(new RegExp(`(child \\d \\(\\d+\\) ended by SIGKILL[\\s\\S]*){${before + 1}}`));
		}
	})();
	await crowd(60, async () => {
		sent++;
		if ((await get('write')) !== undefined) answered++;
	});
	await kills;
	const [writes = '', text = ''] = (await get('text'))?.split(' ') ?? [];
	assert.ok(Number(writes) >= answered && Number(writes) <= sent, `${answered} <= ${writes} <= ${sent}`);
	assert.match(text, /^(\d+;)\1*$/);
	const lost = sent - answered;
	assert.ok(lost <= 4 * CLIENTS, `${lost} requests were lost with ${killed} children`);
});

test('a lock goes with the child that held it', async (t) => {
	const { run, get } = await running(t, ['--cpu-limit=30000']);
	void get('hold');
	const [, pid] = await run.until(/holding (\d+)/);
	assert.equal(await get('lock'), '-1');
	process.kill(Number(pid), 'SIGKILL');
	await run.until(/ended by SIGKILL/);
	assert.equal(await get('lock'), '1');
});

test('the events of the start come once, not again with a child that is replaced', async (t) => {
	const { run, get } = await running(t);
	assert.equal(await get('init'), '1 1 0 0 0');
	const [, pid] = await run.until(
		/htable:mod-init in (\d+) OPTIONS[\s\S]*core:worker-one-init in \1 OPTIONS/,
	);
	assert.match(run.stderr(), new RegExp(` 1\\(${pid}\\) INFO: <script>: htable:mod-init`));
	process.kill(Number(pid), 'SIGKILL');
	await run.until(/child 1 serves again/);
	assert.equal(await get('init'), '1 1 0 0 0');
});

test('what children share goes with the host, unless --state-dir keeps it', async (t) => {
	const keep = join(folderWith(t, {}), 'state');
	const leftovers = (pid: number | undefined) =>
		existsSync('/dev/shm') ? readdirSync('/dev/shm').filter((name) => name.includes(`-${pid}-`)) : [];
	for (const [flags, children, expected] of [
		[[], 2, '1 1 0 0 0'],
		[[`--state-dir=${keep}`], 2, '1 1 0 0 0'],
		[[`--state-dir=${keep}`], 1, `2 2 ${EACH} ${EACH} ${EACH}`],
		[[`--state-dir=${keep}`], 0, `3 3 ${2 * EACH} ${2 * EACH} ${2 * EACH}`],
	] as const) {
		const { run, get } = await running(t, flags, children);
		assert.equal(await get('init'), expected);
		await get('count');
		if (flags.length === 1) {
			const second = kemihost(t, ['run', 'scripts/basic-reply.lua', '--listen=:0', ...flags]);
			assert.equal(await second.ended, 1);
			assert.match(second.stderr(), new RegExp(`in use by process ${run.child.pid} \\[KH_STATE\\]`));
		}
		run.child.kill('SIGTERM');
		assert.equal(await run.ended, 0);
		assert.deepEqual(leftovers(run.child.pid), []);
	}
});
