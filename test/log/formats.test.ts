/** The formats of the log, as a process writes them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event()
	KSR.info("first of " .. KSR.pv.get("$hu") .. "\\n")
	KSR.warn('a "quote", a \\\\, a € and two\\nlines')
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "hello")
end`;

/** A host with a handler, and what its log holds once two requests are in the access log. */
async function logOf(t: TestContext, format: string): Promise<string> {
	const folder = folderWith(t, { 'handler.lua': HANDLER });
	const run = kemihost(t, [
		'run',
		join(folder, 'handler.lua'),
		'--listen=127.0.0.1:0',
		'--children=1',
		`--log-format=${format}`,
		'--access-log=%r',
	]);
	const [, url] = await run.until(/on (http:\S+)/);
	for (const path of ['one', 'two']) await (await fetch(`${url}${path}`)).text();
	await run.until(/GET \/two HTTP/);
	return run.stderr();
}

test('json: each line is an object, and the lines of one request share its number', async (t) => {
	const log = await logOf(t, 'json');
	const records = log
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
	const about = records.filter(({ request }) => request !== undefined);
	assert.deepEqual(
		about.map(({ level, origin, script, text }) => ({ level, origin, script, text })),
		['one', 'two'].flatMap((path) => [
			{ level: 'info', origin: 'script', script: true, text: `first of /${path}` },
			{ level: 'warning', origin: 'script', script: true, text: 'a "quote", a \\, a € and two\nlines' },
			{ level: 'info', origin: 'access', script: false, text: `GET /${path} HTTP/1.1` },
		]),
	);
	const numbers = about.map(({ request }) => request);
	assert.deepEqual(
		numbers.map((number) => numbers.indexOf(number)),
		[0, 0, 0, 3, 3, 3],
	);
	for (const { time, pid } of records) assert.ok(Number.isInteger(pid) && Number.isInteger(time));
});

test('pretty: time, level, child and who speaks, without colors where there is no terminal', async (t) => {
	const log = await logOf(t, 'pretty');
	assert.match(log, /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: \[1\] script: first of \/one$/m);
	assert.match(log, /^\[\d\d:\d\d:\d\d\.\d{3}\] WARNING: \[1\] script: a "quote", a \\, a € and two$/m);
	assert.match(log, /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: \[\d+\] access: GET \/two HTTP\/1\.1$/m);
	assert.ok(!log.includes('\x1b'));
});

test("kamailio: each line in the form of Kamailio's stderr", async (t) => {
	const log = await logOf(t, 'kamailio');
	assert.match(log, /^ 1\(\d+\) INFO: <script>: first of \/one$/m);
	assert.match(log, /^ 1\(\d+\) WARNING: <script>: a "quote", a \\, a € and two$/m);
});
