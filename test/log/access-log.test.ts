/** The access log, and the number that joins the lines of a request. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { KemihostError } from '../../src/errors.ts';
import { hostFor } from '../support/host.ts';

const SCRIPT = `function ksr_xhttp_event()
	KSR.info("first") KSR.xlog.xinfo("second")
	KSR.hdr.append_to_reply("X-Mine: own\\r\\n")
	KSR.xhttp.xhttp_reply(201, "Created", "text/plain", "12345")
end`;

type Header = readonly [string, string];

/** The line that a request leaves in the access log. */
async function lineFor(t: TestContext, accessLog: string, target: string, headers: readonly Header[] = []) {
	const { request, logs } = await hostFor(t, SCRIPT, { accessLog, logLevel: -1 });
	await request(target, { headers, connection: { remote: { address: '192.0.2.7', port: 4711 } } });
	assert.equal(logs.length, 1);
	return logs[0]?.text ?? '';
}

test('the common format is the one of Apache', async (t) => {
	const line = await lineFor(t, 'common', '/path?x=1', [['Authorization', `Basic ${btoa('joe:secret')}`]]);
	assert.match(
		line,
		/^192\.0\.2\.7 - joe \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET \/path\?x=1 HTTP\/1\.1" 201 5$/,
	);
	assert.doesNotMatch(line, /secret/);
});

test('the combined format has the page and the program that the client came from', async (t) => {
	const line = await lineFor(t, 'combined', '/', [
		['Referer', 'http://a/'],
		['User-Agent', 'curl "x"'],
	]);
	assert.match(line, / "http:\/\/a\/" "curl \\"x\\""$/);
});

test('fields of a format of your own', async (t) => {
	const line = await lineFor(t, '%p %m %U %q %B %c %{X-Mine}o %{None}i 100%%', '/path?x=1');
	assert.equal(line, '4711 GET /path ?x=1 5 ksr_xhttp_event own - 100%');
	assert.match(await lineFor(t, '%D %T', '/'), /^\d+ \d+\.\d{3}$/);
});

test('what a client sends cannot forge a line', async (t) => {
	const line = await lineFor(t, '"%r" "%{X}i"', '/a"\x01\xff', [['X', 'x\r\ny\\']]);
	assert.equal(line, '"GET /a\\"\\x01\\xff HTTP/1.1" "x\\x0d\\x0ay\\\\"');
});

test('a field that does not exist is an error that lists those that do', async (t) => {
	await assert.rejects(hostFor(t, SCRIPT, { accessLog: '%h %Z' }), (error) => {
		assert.ok(error instanceof KemihostError);
		assert.match(error.message, /knows no %Z/);
		return error.code === 'KH_USAGE' && /combined/.test(error.hint ?? '');
	});
});

test('all lines of a request have one number, and no other request has it', async (t) => {
	const { request, logs } = await hostFor(t, SCRIPT, { accessLog: 'timed' });
	await request('/');
	await request('/');
	const numbers = logs
		.filter(({ origin }) => origin === 'script' || origin === 'access')
		.map((record) => record.request);
	assert.equal(numbers.length, 6);
	assert.equal(new Set(numbers.slice(0, 3)).size, 1);
	assert.equal(new Set(numbers).size, 2);
	assert.match(logs.findLast(({ origin }) => origin === 'access')?.text ?? '', new RegExp(`#${numbers[5]}$`));
});
