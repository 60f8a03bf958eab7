/** RPC commands as web pages. Statuses, outcomes and answers are what Kamailio 5.6.3 gave to the same requests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const DISPATCH = `function ksr_xhttp_event(evname)
	KSR.info("returned " .. KSR.xhttp_rpc.dispatch())
end`;

const TABLE = [{ module: 'htable', name: 'htable', value: 't=>size=4' }];
const param = paramsOf('xhttp_rpc');

/** The cell with the outcome and the answer of a page that ran a command. */
function outcome(body: string): [outcome: string | undefined, answer: string | undefined] {
	return [/<td>(\d+: [^<]*)<\/td>/.exec(body)?.[1], /<pre>(.*)<\/pre>/s.exec(body)?.[1]];
}

const RUN: readonly [target: string, outcome: string, answer: string][] = [
	['/rpc/core/core.echo?arg=', '200: OK', ''],
	['/rpc/core/core.echo?arg=a%20b+c', '200: OK', 'a<br/>b<br/>c<br/>'],
	['/rpc/core/core.echo?arg=a&b=c', '200: OK', 'a&amp;b=c<br/>'],
	['/rpc/core/core.echo?foo=s:5%20%22x%20y%22', '200: OK', 's:5<br/>&quot;x<br/>y&quot;<br/>'],
	['/rpc/core/core.printi?arg=5%20x', '200: OK', '5<br/>0<br/>'],
	['/rpc/htable/htable.sets?arg=t%20k%20%3Cv%3E', '200: OK', 'Ok. Key set to new value.<br/>'],
	[
		'/rpc/htable/htable.get?arg=t+k',
		'200: OK',
		'item: <br/>\tname: k<br/>\tvalue: &lt;v&gt;<br/>\tflags: 2<br/>\texpire: NEVER<br/>',
	],
	['/rpc/htable/htable.get?arg=zz', '500: Not enough parameters (htable name and key name)', ''],
];

test('commands run by their addresses', async (t) => {
	const { request, lines } = await hostFor(t, DISPATCH, { modparams: TABLE });
	for (const [target, expected, answer] of RUN) {
		const reply = await request(target);
		assert.deepEqual(outcome(reply.body), [expected, answer], target);
		assert.equal(`${reply.status}: ${reply.reason}`, expected, target);
		assert.match(reply.headers, /^Content-Type: text\/html; charset=utf-8\r\n/m);
	}
	assert.ok(lines('script').every((line) => line === 'returned 0'));
});

test('pages lead to groups, commands and a form', async (t) => {
	const { request } = await hostFor(t, DISPATCH);
	for (const target of ['/rpc', '/rpc/']) {
		const { body } = await request(target);
		assert.match(body, /<a href="\/rpc\/core">core<\/a>/);
		assert.doesNotMatch(body, /core\.echo/);
	}
	assert.match((await request('/rpc/core')).body, /<a href="\/rpc\/core\/core\.echo">core\.echo<\/a>/);
	const { body } = await request('/rpc/core/core.echo');
	assert.match(body, /<form method="get"><input type="text" name="arg"\/>/);
});

test('what is no page is a bad URL', async (t) => {
	const { request } = await hostFor(t, DISPATCH);
	const targets = [
		'/',
		'/rpcx',
		'/rpcx/core',
		'/rpc//',
		'/rpc?arg=1',
		'/rpc/nosuch',
		'/rpc/core?arg=1',
	].concat(
		['nosuch', 'core.echo?', 'core.echo?x', 'core.version/more', '/core.version', 'htable.dump'].map(
			(name) => `/rpc/core/${name}`,
		),
	);
	for (const target of targets) {
		const reply = await request(target);
		assert.equal(`${reply.status} ${reply.reason}`, '500 Bad URL', target);
		assert.match(reply.body, /<pre>500: Bad URL<\/pre>/);
	}
});

test('a page of another site cannot make a browser run commands', async (t) => {
	const { request } = await hostFor(t, DISPATCH, { modparams: TABLE });
	for (const [from, status] of [
		['cross-site', 403],
		['same-site', 403],
		['same-origin', 200],
		['none', 200],
	] as const) {
		const reply = await request('/rpc/core/core.echo?arg=a', { headers: [['Sec-Fetch-Site', from]] });
		assert.equal(reply.status, status, from);
		assert.match(reply.headers, /frame-ancestors 'none'/);
	}
});

test('pages may begin at the root, and be limited in size', async (t) => {
	const atRoot = await hostFor(t, DISPATCH, { modparams: [param('xhttp_rpc_root', '')] });
	assert.match((await atRoot.request('/core')).body, /<a href="\/core\/core\.echo">/);
	assert.equal((await atRoot.request('//core')).status, 500);

	const small = await hostFor(t, DISPATCH, { modparams: [param('xhttp_rpc_buf_size', 500)] });
	const reply = await small.request('/rpc/core');
	assert.equal(`${reply.status} ${reply.reason} ${reply.body}`, '500 Internal Server Error ');
});

test('the root is letters, digits and underscores', async (t) => {
	const host = await hostFor(t, DISPATCH, { modparams: [param('xhttp_rpc_root', 'http_rpc')] });
	assert.match((await host.request('/http_rpc/core')).body, /<a href="\/http_rpc\/core\/core\.echo">/);
	await assert.rejects(hostFor(t, DISPATCH, { modparams: [param('xhttp_rpc_root', '/a/b')] }), {
		code: 'KH_MODPARAM',
	});
});

test("a script in Kamailio's own language ends with the page", async (t) => {
	const { request, lines } = await hostFor(
		t,
		'loadmodule "xhttp.so"\nloadmodule "xhttp_rpc.so"\nloadmodule "xlog.so"\nevent_route[xhttp:request] { dispatch_xhttp_rpc(); xinfo("went on\\n"); }',
		{ name: 'handler.cfg' },
	);
	assert.deepEqual(outcome((await request('/rpc/core/core.echo?arg=a')).body), ['200: OK', 'a<br/>']);
	assert.deepEqual(lines('script'), []);
});
