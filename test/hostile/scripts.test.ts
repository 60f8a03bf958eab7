/** Hostile scripts that the engines stop by themselves: the host lives on, and so do its engine and its memory. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KSR_ENGINES } from '../../engines/list.ts';
import type { HostOptions } from '../../src/host/options.ts';
import { createHost, type Host } from '../../src/host.ts';
import { makeRequest } from '../../src/http/request.ts';
import { LimitError } from '../../src/kemi/script-error.ts';
import { LEVELS } from '../../src/log/levels.ts';
import type { LogRecord } from '../../src/log/logger.ts';
import { type EngineName, FIXTURES, type Outcome, scriptPath } from './fixtures.ts';
import { memoryInUse } from './memory.ts';

/** Milliseconds of CPU time for scripts that end by that limit, and for those that should not. */
const CPU = 60;
const CPU_ENOUGH = 60_000;
/** What no bomb may take, however busy the machine is: a bound that means "it ended", not a measurement. */
const LONGEST = 20_000;
/** The outcomes that the first of them is for. */
const BY_TIME: readonly Outcome[] = ['cpu', 'stopped', 'late', 'any'];
const MEMORY = 64 << 20;
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
	readonly #host: Host;

	constructor(host: Host, logs: LogRecord[]) {
		this.#host = host;
		this.logs = logs;
	}

	static async start(t: TestContext, engine: EngineName, script: string, cpu: number): Promise<Victim> {
		const logs: LogRecord[] = [];
		const host = await Victim.#load({
			script,
			engine,
			limits: { cpu, memory: MEMORY },
			logLevel: LEVELS.info,
			log: (record) => void logs.push(record),
		});
		t.after(() => host.close());
		return new Victim(host, logs);
	}

	/** Loading stands under the CPU limit too, and a busy machine can take that much away: then once more. */
	static async #load(options: HostOptions): Promise<Host> {
		for (;;) {
			try {
				return await createHost(options);
			} catch (error) {
				if (!(error instanceof LimitError)) throw error;
			}
		}
	}

	/** Sends a request; gives the reply and what the log said meanwhile. */
	async ask(target: string) {
		const from = this.logs.length;
		const began = performance.now();
		const { status, body, headers } = await this.#host.dispatch(makeRequest({ target }));
		assert.ok(performance.now() - began < LONGEST, 'it ends in a bounded time');
		const lines = this.logs.slice(from);
		return { status, body, headers, lines, log: lines.map(({ text }) => text).join('\n') };
	}

	close(): Promise<void> {
		return this.#host.close();
	}

	/** The same, once a lost engine has been replaced. */
	async askAgain(target: string) {
		for (;;) {
			const reply = await this.ask(target);
			if (reply.status !== 503) return reply;
			await new Promise((resolve) => setImmediate(resolve)); // the engine is being built, or the machine was busy
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
	late: {
		status: 200,
		body: 'fine',
		log: /ksr_xhttp_event was stopped for GET \/bomb\d+: the (CPU|memory) limit/,
	},
	any: undefined,
};

function assertNothingPrivate(text: string): void {
	for (const word of PRIVATE) assert.ok(!text.includes(word), `${word} shows in:\n${text.slice(0, 2000)}`);
}

/** Throws one bomb, and checks what came of it. */
async function bomb(victim: Victim, outcome: Outcome, way: number): Promise<void> {
	const { status, body, headers, log, lines } = await victim.ask(`/bomb${way}`);
	const expected = EXPECTED[outcome];
	if (expected) {
		assert.equal(status, expected.status, log);
		if (expected.body !== undefined) assert.equal(body, expected.body);
		assert.match(log, expected.log ?? /^/);
	} else {
		assert.ok([200, 404, 500, 503].includes(status), `${status}`);
	}
	assertNothingPrivate(`${body}\n${headers}\n${log}`);
	const wrong = lines.filter(({ level }) => LEVELS[level] <= LEVELS.critical);
	assert.deepEqual(wrong, [], 'nothing went wrong inside of the host');
}

/** One fixture in one engine, with every way it has. */
async function endure(t: TestContext, engine: EngineName, script: string, outcome: Outcome, ways: number) {
	const cpu = BY_TIME.includes(outcome) ? CPU : CPU_ENOUGH;
	const victim = await Victim.start(t, engine, script, cpu);
	assert.equal((await victim.askAgain('/fine')).body, 'fine');
	for (let way = 1; way <= ways; way++) {
		await bomb(victim, outcome, way);
		const next = await victim.askAgain('/fine');
		assert.equal(next.status, 200, next.log);
		assert.equal(next.body, 'fine');
		assertNothingPrivate(next.log);
	}
}

for (const { name: engineName, language } of KSR_ENGINES) {
	const engine = engineName as EngineName;
	const ending = language === 'lua' ? 'lua' : 'js';
	const files = readdirSync(dirname(scriptPath('', ending)));
	describe(engine, () => {
		for (const { name, outcome: outcomes, ways = 1 } of FIXTURES) {
			const outcome = typeof outcomes === 'string' ? outcomes : outcomes[engine];
			if (!outcome || !files.includes(`${name}.${ending}`)) continue;
			const count = typeof ways === 'number' ? ways : ways[ending];
			test(`${name}: ${outcome}`, (t) => endure(t, engine, scriptPath(name, ending), outcome, count));
		}

		test('memory comes back, from bomb to bomb and when the host is closed', async (t) => {
			const [name, cpu] = engine === 'fengari' ? ['tables', CPU] : ['concat', CPU_ENOUGH];
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
