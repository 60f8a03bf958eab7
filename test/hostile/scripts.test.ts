/** Hostile scripts that the engines stop by themselves: the host lives on, and so do its engine and its memory. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENGINES } from '../../engines/list.ts';
import { createHost } from '../../src/host.ts';
import { makeRequest } from '../../src/http/request.ts';
import { LEVELS } from '../../src/log/levels.ts';
import type { LogRecord } from '../../src/log/logger.ts';
import { type EngineName, FIXTURES, type Outcome, scriptPath } from './fixtures.ts';
import { memoryInUse } from './memory.ts';

/** Milliseconds of CPU time; more where a script is to reach the memory limit. */
const CPU = 120;
const CPU_FOR_MEMORY = 4000;
const MEMORY = 64 << 20;
/** How much longer than its limit a script may keep the host, on a machine with other things to do. */
const SLACK = 5000;
/** What may be left in memory when a bomb is over. */
const LEFT = 40 << 20;

const SECRET = 'hush-5f1d3b';
process.env['KEMIHOST_TEST_SECRET'] = SECRET;

/** What neither a reply nor the log may show: places and settings of this machine. */
const PRIVATE = [
	dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
	'node_modules',
	'node:internal',
	'.ts:',
	'root:x:',
	`${tmpdir()}/`,
	`${homedir()}/`,
	`${userInfo().username}@`,
	process.execPath,
	SECRET,
];

/** A host that runs one of the scripts. */
class Victim {
	readonly logs: LogRecord[] = [];
	readonly #host: Awaited<ReturnType<typeof createHost>>;

	constructor(host: Awaited<ReturnType<typeof createHost>>, logs: LogRecord[]) {
		this.#host = host;
		this.logs = logs;
	}

	static async start(t: TestContext, engine: EngineName, script: string, cpu: number): Promise<Victim> {
		const logs: LogRecord[] = [];
		const host = await createHost({
			script,
			engine,
			limits: { cpu, memory: MEMORY },
			logLevel: LEVELS.info,
			log: (record) => void logs.push(record),
		});
		t.after(() => host.close());
		return new Victim(host, logs);
	}

	/** Sends a request; gives the reply, how long it took, and what the log said meanwhile. */
	async ask(target: string) {
		const from = this.logs.length;
		const began = performance.now();
		const { status, body, headers } = await this.#host.dispatch(makeRequest({ target }));
		const time = performance.now() - began;
		const lines = this.logs.slice(from);
		return { status, body, headers, time, lines, log: lines.map(({ text }) => text).join('\n') };
	}

	close(): Promise<void> {
		return this.#host.close();
	}

	/** The same, once a lost engine has been replaced. */
	async askAgain(target: string) {
		const giveUp = performance.now() + 5000;
		for (;;) {
			const reply = await this.ask(target);
			if (reply.status !== 503 || performance.now() > giveUp) return reply;
			await new Promise((resolve) => setImmediate(resolve)); // the engine is being built
		}
	}
}

const EXPECTED: Record<Outcome, { status: number; body?: string; log?: RegExp } | undefined> = {
	cpu: {
		status: 503,
		log: /ksr_xhttp_event was stopped for GET \/bomb\d+: the CPU limit of \d+ ms was reached/,
	},
	memory: {
		status: 503,
		log: /ksr_xhttp_event was stopped for GET \/bomb\d+: the memory limit of \d+ \w+ was reached/,
	},
	stopped: { status: 503, log: /ksr_xhttp_event was stopped for GET \/bomb\d+: / },
	error: { status: 500, log: /ksr_xhttp_event failed for GET \/bomb\d+: / },
	fine: { status: 200, body: 'fine' },
	nothing: { status: 200, body: '' },
	late: { status: 200, body: 'fine', log: /ksr_xhttp_event was stopped for GET \/bomb\d+: the CPU limit/ },
	any: undefined,
};

function assertNothingPrivate(text: string): void {
	for (const word of PRIVATE) assert.ok(!text.includes(word), `${word} shows in:\n${text.slice(0, 2000)}`);
}

/** Throws one bomb, and checks what came of it. */
async function bomb(victim: Victim, outcome: Outcome, way: number, cpu: number): Promise<void> {
	const { status, body, headers, time, log, lines } = await victim.ask(`/bomb${way}`);
	const expected = EXPECTED[outcome];
	if (expected) {
		assert.equal(status, expected.status, log);
		if (expected.body !== undefined) assert.equal(body, expected.body);
		assert.match(log, expected.log ?? /^/);
	} else {
		assert.ok([200, 404, 500, 503].includes(status), `${status}`);
	}
	assert.ok(time < cpu + SLACK, `it took ${Math.round(time)} ms`);
	assertNothingPrivate(`${body}\n${headers}\n${log}`);
	const wrong = lines.filter(({ level }) => LEVELS[level] <= LEVELS.critical);
	assert.deepEqual(wrong, [], 'nothing went wrong inside of the host');
}

/** One fixture in one engine, with every way it has. */
async function endure(t: TestContext, engine: EngineName, script: string, outcome: Outcome, ways: number) {
	const cpu = outcome === 'memory' || outcome === 'fine' ? CPU_FOR_MEMORY : CPU;
	const victim = await Victim.start(t, engine, script, cpu);
	assert.equal((await victim.ask('/fine')).body, 'fine');
	for (let way = 1; way <= ways; way++) {
		await bomb(victim, outcome, way, cpu);
		const next = await victim.askAgain('/fine');
		assert.equal(next.status, 200, next.log);
		assert.equal(next.body, 'fine');
		assertNothingPrivate(next.log);
	}
}

/** Why a fixture is known to fail in an engine. */
const KNOWN: Readonly<Record<string, string>> = {
	'isolated-vm promise-loop': "the log shows where the host's own code stands, where a microtask is stopped",
};

for (const { name: engineName, language } of ENGINES) {
	const engine = engineName as EngineName;
	const ending = language === 'lua' ? 'lua' : 'js';
	const files = readdirSync(dirname(scriptPath('', ending)));
	describe(engine, () => {
		for (const { name, outcome: outcomes, ways = 1 } of FIXTURES) {
			const outcome = typeof outcomes === 'string' ? outcomes : outcomes[engine];
			if (!outcome || !files.includes(`${name}.${ending}`)) continue;
			const count = typeof ways === 'number' ? ways : ways[ending];
			const todo = KNOWN[`${engine} ${name}`] ?? false;
			test(`${name}: ${outcome}`, { todo }, (t) =>
				endure(t, engine, scriptPath(name, ending), outcome, count),
			);
		}

		test('memory comes back, from bomb to bomb and when the host is closed', async (t) => {
			const [name, cpu] = engine === 'fengari' ? ['tables', CPU] : ['concat', CPU_FOR_MEMORY];
			// the memory of an isolate is not in the figures of its host
			const inUse = engine === 'isolated-vm' ? () => process.memoryUsage.rss() : memoryInUse;
			const before = await inUse();
			const victim = await Victim.start(t, engine, scriptPath(name, ending), cpu);
			let early = 0;
			for (let round = 1; round <= 6; round++) {
				assert.equal((await victim.ask('/bomb1')).status, 503);
				assert.equal((await victim.askAgain('/fine')).body, 'fine');
				if (round === 2) early = await inUse();
			}
			const more = (await inUse()) - early;
			assert.ok(more < LEFT, `${more >> 20} MiB more after four bombs`);
			await victim.close();
			const left = (await inUse()) - before;
			assert.ok(left < LEFT, `${left >> 20} MiB are left`);
		});
	});
}
