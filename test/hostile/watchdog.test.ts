/**
 * What no engine stops, against real children: the watchdog ends the child, its client is told, the others are served
 * on, and another child takes its place.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { KSR_ENGINES } from '../../engines/list.ts';
import { type Command, kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';
import { type EngineName, NEEDS_WATCHDOG, scriptPath, type Unstopped } from './fixtures.ts';
import { RawClient, type Reply } from './wire.ts';

const CPU = 100;
/** Enough for a child with any engine at rest, and not for a bomb. */
const CHILD_MEMORY = 400_000_000;

/** One script out of many: the header X-Fixture chooses; without it the reply tells the child's process. */
function bundle(language: 'lua' | 'js', names: readonly string[]): string {
	const sources = names.map((name) => [name, readFileSync(scriptPath(name, language), 'utf8')] as const);
	if (language === 'lua')
		return `local handlers = {}
${sources.map(([name, source]) => `handlers["${name}"] = (function()\n${source}\nreturn ksr_xhttp_event\nend)()`).join('\n')}
function ksr_xhttp_event(event)
	local handler = handlers[KSR.hdr.gete("X-Fixture")]
	if handler then return handler(event) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "process " .. KSR.pv.get("$pp"))
end`;
	return `const handlers = {};
${sources.map(([name, source]) => `handlers["${name}"] = (() => {\n${source}\nreturn ksr_xhttp_event;\n})();`).join('\n')}
function ksr_xhttp_event(event) {
	const handler = handlers[KSR.hdr.gete("X-Fixture")];
	if (handler) return handler(event);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "process " + KSR.pv.get("$pp"));
}`;
}

/** A connection, and the child that it leads to. */
class Visitor {
	readonly client: RawClient;
	#count = 0;
	child = '';

	constructor(client: RawClient) {
		this.client = client;
	}

	static async open(t: TestContext, port: number): Promise<Visitor> {
		const visitor = new Visitor(await RawClient.open(t, port));
		visitor.child = (await visitor.ask('/who')).body;
		assert.match(visitor.child, /^process \d+$/);
		return visitor;
	}

	async ask(target: string, headers = ''): Promise<Reply> {
		this.client.send(`GET ${target} HTTP/1.1\r\nHost: h\r\n${headers}\r\n`);
		const replies = await this.client.replies(++this.#count);
		return replies.at(-1) as Reply;
	}

	close(): void {
		this.client.socket.destroy();
	}
}

/** Two connections to different children. */
async function pair(t: TestContext, port: number): Promise<[Visitor, Visitor]> {
	const victim = await Visitor.open(t, port);
	for (;;) {
		const witness = await Visitor.open(t, port);
		if (witness.child !== victim.child) return [victim, witness];
		witness.close();
	}
}

/** A place in the output of a command, and what comes behind it. */
class Mark {
	readonly #run: Command;
	readonly #at: number;

	constructor(run: Command) {
		this.#run = run;
		this.#at = this.#all.length;
	}

	get output(): string {
		return this.#all.slice(this.#at);
	}

	/** Waits until something is said behind the mark. */
	until(text: string): Promise<unknown> {
		return this.#run.until(new RegExp(`^[\\s\\S]{${this.#at},}?${text}`));
	}

	get #all(): string {
		return this.#run.stdout() + this.#run.stderr();
	}
}

/** What is said when a child was ended, and when there is another. */
const ENDED = 'child \\d+ \\(\\d+\\) ended by SIG';
const AGAIN = 'child \\d+ serves again';

async function endure(
	t: TestContext,
	run: Command,
	port: number,
	{ name, way = 1, crashes }: Unstopped,
): Promise<void> {
	const mark = new Mark(run);
	const [victim, witness] = await pair(t, port);
	let over = false;
	const bombed = victim.ask(`/bomb${way}`, `X-Fixture: ${name}\r\n`).then(
		({ status }) => assert.equal(status, 503),
		() => {}, // closed without an answer
	);
	const done = Promise.race([bombed, victim.client.gone]).then(() => {
		over = true;
	});
	let served = 0;
	while (!over) {
		const reply = await witness.ask('/who');
		assert.equal(reply.body, witness.child);
		served++;
	}
	await done;
	assert.ok(served > 0, 'the other child has answered meanwhile');

	const next = await Visitor.open(t, port);
	assert.notEqual(next.child, victim.child);
	await mark.until(ENDED);
	if (!crashes) assert.match(mark.output, new RegExp(`ksr_xhttp_event was stopped for GET /bomb${way}`));
	next.close();
	witness.close();
	victim.close();
	await mark.until(AGAIN);
}

for (const { name: engine, language } of KSR_ENGINES) {
	const ending = language === 'lua' ? 'lua' : 'js';
	const unstopped = NEEDS_WATCHDOG.filter((one) => one.engine === (engine as EngineName));
	test(`${engine}: what it does not stop, the watchdog does`, async (t) => {
		const names = [...new Set(unstopped.map(({ name }) => name)), 'host-variables'];
		const folder = folderWith(t, { [`bundle.${ending}`]: bundle(ending, names) });
		const run = kemihost(t, [
			'run',
			join(folder, `bundle.${ending}`),
			`--engine=${engine}`,
			'--children=2',
			'--listen=127.0.0.1:0',
			`--cpu-limit=${CPU}`,
			`--child-memory=${CHILD_MEMORY}`,
			'--keep-alive=600000',
			'--log-level=notice',
			'--log-format=kamailio',
		]);
		const [, port] = await run.until(/on http:\/\/127\.0\.0\.1:(\d+)/);
		for (const one of unstopped)
			await t.test(`${one.name}: ${one.reason}`, (t) => endure(t, run, Number(port), one));

		await t.test('host-variables: what a child keeps from request to request', async (t) => {
			const mark = new Mark(run);
			const [victim, witness] = await pair(t, Number(port));
			const ended = mark.until(ENDED);
			let over = false;
			void ended.then(() => {
				over = true;
			});
			while (!over && !victim.client.over)
				await victim.ask('/bomb1', 'X-Fixture: host-variables\r\n').catch(() => {});
			await ended;
			// a busy machine can let the time of a request run out before so many have been answered
			assert.match(mark.output, /the child holds \d+ MiB, more than its limit|its engine could not stop it/);
			assert.equal((await witness.ask('/who')).body, witness.child);
		});
	});
}
