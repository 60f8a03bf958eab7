/** The formats of the log, as a process writes them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const HANDLER = `function ksr_xhttp_event()
	KSR.info("first of " .. KSR.pv.get("$hu") .. "\\n")
	KSR.warn('a "quote", a \\\\, a € and two\\nlines')
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "hello")
end`;

/** A host with a handler, and what its log holds once two requests are in the access log. */
async function logOf(t: TestContext, format: string, handler = HANDLER): Promise<string> {
	const folder = folderWith(t, { 'handler.lua': handler });
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

/** What the number of a request stands in, of the line that a pattern finds in the log; the pattern has it as its group. */
const numberIn = (log: string, line: RegExp) => line.exec(log)?.[1] ?? assert.fail(`no ${line} in ${log}`);

test('pretty: time, level, child, who speaks and for which request, without colors where there is no terminal', async (t) => {
	const log = await logOf(t, 'pretty');
	const first = numberIn(log, /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: \[1\] script #(\d+): first of \/one$/m);
	const second = numberIn(log, /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: \[1\] script #(\d+): first of \/two$/m);
	assert.notEqual(first, second);
	assert.equal(numberIn(log, /^\[\S+\] INFO: \[\d+\] access #(\d+): GET \/one HTTP\/1\.1$/m), first);
	assert.equal(numberIn(log, /^\[\S+\] INFO: \[\d+\] access #(\d+): GET \/two HTTP\/1\.1$/m), second);
	assert.ok(!log.includes('\x1b'));
});

test("kamailio: each line in the form of Kamailio's stderr", async (t) => {
	const log = await logOf(t, 'kamailio');
	assert.match(log, /^ 1\(\d+\) INFO: <script>: first of \/one$/m);
	assert.match(log, /^ 1\(\d+\) INFO: <access>: GET \/one HTTP\/1\.1$/m);
});

/** A script that writes what looks like lines of the log, and moves a terminal's cursor. */
const FORGER = `function ksr_xhttp_event()
	local forged = "x\\n[00:00:00.000] ERROR: core: forged\\r\\n 0(1) ERROR: <core>: forged"
	KSR.info(forged .. "\\27[2J\\194\\133\\226\\128\\168")
	error(forged, 0)
end`;

test("pretty: no text of a script looks like a line of its own, nor moves a terminal's cursor", async (t) => {
	const log = await logOf(t, 'pretty', FORGER);
	const lines = log.trimEnd().split('\n');
	for (const line of lines) assert.match(line, /^(\[\d\d:\d\d:\d\d\.\d{3}\] [A-Z]+: | {2})/);
	for (const line of lines) assert.doesNotMatch(line, /^\[00:|[^\P{Cc}\t]/u);
	assert.equal(
		log.match(
			/: x\\n\[00:\S* ERROR: core: forged\\r\\n 0\(1\) ERROR: <core>: forged\\u001b\[2J\\u0085\\u2028$/gm,
		)?.length,
		2,
	);
});

test("kamailio: a text keeps its line ends, and looks like no other record, nor moves a terminal's cursor", async (t) => {
	const log = await logOf(t, 'kamailio', FORGER);
	assert.doesNotMatch(log, /^ 0\(1\)/m);
	assert.equal(
		log.match(
			/: x\n\[00:\S* ERROR: core: forged\\r\\n 0\(1\) ERROR: <core>: forged\\u001b\[2J\\u0085\\u2028$/gm,
		)?.length,
		2,
	);
	const coloured = 'function ksr_xhttp_event()\n\tKSR.xlog.xinfo("$C(rx)one\\n\\ttwo$C(xx)\\n")\nend';
	assert.ok(
		(await logOf(t, 'kamailio', coloured)).includes('<script>: \x1b[0;31;49mone\n\ttwo\x1b[0;39;49m\n'),
	);
});

test('kamailio: neither blanks nor colours nor a carriage return make a record of a text', async (t) => {
	const before = ['\\n  ', '\\n\\t', '\\n\\27[0m ', '\\n\\n \\27[31m\\27[1m', '\\r', '\\r  ', 'y\\r\\n '];
	const calls = before.map((text) => `KSR.info("x${text}0(1) ERROR: <core>: forged")`);
	const log = await logOf(t, 'kamailio', `function ksr_xhttp_event()\n${calls.join('\n')}\nend`);
	assert.equal(log.match(/forged$/gm)?.length, 2 * calls.length);
	for (const line of stripVTControlCharacters(log).split(/[\r\n]+/)) assert.doesNotMatch(line, /^\s*0\(1\)/);
});

test('pretty: what the host tells below an error is indented', async (t) => {
	const log = await logOf(t, 'pretty', 'function ksr_xhttp_event()\n\tlocal x\n\treturn x.y\nend');
	assert.match(
		log,
		/ERROR: \[1\] core #\d+: .*handler\.lua:3: .*\n {2}3 \| \treturn x\.y\n {4}\| .*\^\n {2}at ksr_xhttp_event/,
	);
});
