/** The scripts in scripts/, each started as its own first lines say, in every engine that runs its language. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ENGINES } from '../engines/list.ts';
import type { HostOptions } from '../src/host/options.ts';
import { createHost, type Host } from '../src/host.ts';
import type { LogRecord } from '../src/log/logger.ts';

const FOLDER = fileURLToPath(new URL('../scripts/', import.meta.url));

/** What a script is started with, and what it has to answer. */
interface Expectation {
	options?: Partial<HostOptions>;
	check(get: (path: string, init?: RequestInit) => Promise<Response>, logs: LogRecord[]): Promise<void>;
}

const xhttp = (name: string, value: string) => ({ modparams: [{ module: 'xhttp', name, value }] });

const SCRIPTS: Readonly<Record<string, Expectation>> = {
	'basic-reply': {
		async check(get, logs) {
			const response = await get('/any?x=1');
			assert.equal(response.headers.get('content-type'), 'text/html');
			assert.match(await response.text(), /^<html><body>OK - \[127\.0\.0\.1:\d+\]<\/body><\/html>\n$/);
			assert.equal(logs.at(-1)?.text, '===== xhttp:request for /any?x=1');
		},
	},
	notes: {
		options: {
			modparams: [
				{ module: 'sqlops', name: 'sqlcon', value: 'notes=>sqlite://:memory:' },
				{ module: 'sqlops', name: 'pool_size', value: 1 },
			],
		},
		async check(get) {
			const note = "it's a note'); drop table notes; --";
			assert.equal(await (await get('/', { method: 'POST', body: note })).text(), '1 note\n');
			assert.equal(await (await get('/?contains=it%27s+a')).text(), `${note}\n`);
			assert.equal(await (await get('/?contains=other')).text(), '');
		},
	},
	'url-skip': {
		options: xhttp('url_skip', '^/RPC2'),
		async check(get) {
			assert.equal((await get('/RPC2')).status, 404);
			assert.equal(await (await get('/page')).text(), 'for the script: /page\n');
		},
	},
	'url-match': {
		options: xhttp('url_match', '^/sip/'),
		async check(get) {
			assert.equal((await get('/other')).status, 404);
			assert.equal(
				await (await get('/sip/status?verbose=1')).text(),
				'path /sip/status, query [verbose=1]\n',
			);
			assert.equal(await (await get('/sip/')).text(), 'path /sip/, query []\n');
		},
	},
	waiting: {
		async check(get) {
			assert.equal(await (await get('/')).text(), 'upstream says: it took its time\n');
		},
	},
	'event-callback': {
		options: { eventCallback: 'on_http_request' },
		async check(get) {
			assert.equal(await (await get('/')).text(), 'on_http_request was called with xhttp:request\n');
		},
	},
	'rest-api': {
		options: { modparams: [{ module: 'htable', name: 'htable', value: 'notes=>initval=0' }] },
		async check(get) {
			const json = { 'Content-Type': 'application/json; charset=utf-8' };
			const created = await get('/notes', {
				method: 'POST',
				headers: json,
				body: '{"text":"buy \\"milk\\" für 5 €\\n"}',
			});
			assert.equal(created.status, 201);
			assert.equal(created.headers.get('location'), '/notes/1');
			const note = { from: '127.0.0.1', id: 1, text: 'buy "milk" für 5 €\n' };
			assert.deepEqual(await created.json(), note);
			assert.deepEqual(await (await get('/notes?contains=f%C3%BCr+5')).json(), { notes: [note] });
			assert.equal(await (await get('/notes?contains=nothing')).text(), '{"notes":[]}\n');
			assert.deepEqual(await (await get('/notes/1')).json(), note);
			const wrong = await get('/notes/1', { method: 'PUT', body: 'x' });
			assert.equal(wrong.status, 405);
			assert.equal(wrong.headers.get('allow'), 'DELETE, GET');
			assert.equal((await get('/notes/1', { method: 'DELETE' })).status, 204);
			assert.equal((await get('/notes/1')).status, 404);
			assert.equal((await get('/nowhere')).status, 404);
			assert.equal((await get('/notes', { method: 'POST', headers: json, body: '{"text":' })).status, 400);
			assert.equal((await get('/notes', { method: 'POST', headers: json, body: '[]' })).status, 400);
			assert.equal((await get('/notes', { method: 'POST', body: '{"text":"x"}' })).status, 415);
		},
	},
	'mixed-sip': {
		async check(get, logs) {
			assert.equal(await (await get('/health')).text(), '{"status":"up"}\n');
			assert.equal(await (await get('/dial')).text(), '{"t_relay":-1}\n');
			assert.match(
				logs.at(-1)?.text ?? '',
				/^mixed-sip\.(lua|js|cfg):\d+: (KSR\.tm\.t_relay|t_relay of module tm) needs a SIP server$/,
			);
			assert.equal((await get('/other')).status, 404);
		},
	},
};

async function run(
	t: TestContext,
	file: string,
	engine: string,
	{ options, check }: Expectation,
): Promise<void> {
	const logs: LogRecord[] = [];
	const host: Host = await createHost({
		script: FOLDER + file,
		engine,
		log: (record) => void logs.push(record),
		...options,
	});
	t.after(() => host.close());
	const { port } = await host.listen();
	await check((path, init) => fetch(`http://127.0.0.1:${port}${path}`, init), logs);
}

const files = readdirSync(FOLDER).filter((name) => /\.(lua|js|cfg)$/.test(name));

const LANGUAGES: Readonly<Record<string, string>> = { '.lua': 'lua', '.js': 'javascript', '.cfg': 'native' };

for (const file of files) {
	const language = LANGUAGES[extname(file)];
	for (const engine of ENGINES.filter((e) => e.language === language))
		test(`${file} on ${engine.name}`, async (t) => {
			const expectation = SCRIPTS[file.replace(/\.\w+$/, '')];
			assert.ok(expectation, `${file} has no expectation here`);
			await run(t, file, engine.name, expectation);
		});
}

test('every example is there in all languages', () => {
	const expected = Object.keys(SCRIPTS).flatMap((name) => [`${name}.cfg`, `${name}.js`, `${name}.lua`]);
	assert.deepEqual(files.sort(), expected.sort());
});
