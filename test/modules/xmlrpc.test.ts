/** RPC commands as XML-RPC. The documents are what Kamailio 5.6.3 answered to the same requests. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { hostFor, type TestHostOptions } from '../support/host.ts';
import { paramsOf } from '../support/modparam.ts';

const DISPATCH = `function ksr_xhttp_event(evname)
	KSR.info("returned " .. KSR.xmlrpc.dispatch_rpc())
end`;

const param = paramsOf('xmlrpc');
const serve = (t: TestContext, options: TestHostOptions = {}) => hostFor(t, DISPATCH, options);

const value = (text: string) => `<param><value>${text}</value></param>`;
const call = (method: string, ...params: string[]) =>
	`<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${params.map(value).join('')}</params></methodCall>`;
const post = (body: string) => ({ method: 'POST', body: Buffer.from(body) });

const answered = (text: string) =>
	`<?xml version="1.0"?>\n<methodResponse>\n<params>\n<param>\n<value>${text}</value>\n</param>\n</params>\n</methodResponse>`;
const refused = (code: number, text: string) =>
	`<?xml version="1.0"?>\n<methodResponse>\n<fault>\n<value>\n<struct>\n<member>\n<name>faultCode</name>\n<value><int>${code}</int></value>\n</member>\n<member>\n<name>faultString</name>\n<value><string>${text}</string></value>\n</member>\n</struct>\n</value>\n</fault>\n</methodResponse>`;
const array = (...values: string[]) =>
	`<array><data>\n${values.map((one) => `<value>${one}</value>\n`).join('')}</data></array>`;

const CASES: readonly [name: string, document: string, answer: string][] = [
	[
		'arguments of several types',
		call('core.echo', '<string>a&lt;b</string>', '<i4>5</i4>', 'plain'),
		answered(array('<string>a&lt;b</string>', '<string>5</string>', '<string>plain</string>')),
	],
	['no arguments', call('core.echo'), answered(array())],
	[
		'a single text',
		call('htable.sets', 't', 'k', 'v'),
		answered('<string>Ok. Key set to new value.</string>\n'),
	],
	[
		'structures in each other',
		call('htable.get', 't', 'k'),
		answered(
			'<struct><member><name>item</name><value><struct><member><name>name</name><value><string>k</string></value></member><member><name>value</name><value><string>v</string></value></member><member><name>flags</name><value><int>2</int></value></member><member><name>expire</name><value><string>NEVER</string></value></member></struct></value></member></struct>\n',
		),
	],
	['a fault of the command', call('htable.flush', 'none'), refused(500, 'No such htable')],
	['a command that does not exist', call('no.such'), refused(500, 'Method Not Found')],
	['a name with blanks around it', call(' core.version '), refused(500, 'Method Not Found')],
	['what is no XML', 'junk', refused(400, 'Invalid XML-RPC Document')],
	['nothing', '', refused(400, 'Invalid XML-RPC Document')],
	['another root', '<foo/>', refused(400, 'Root Element Is Not methodCall')],
	['no name', '<methodCall></methodCall>', refused(400, 'Method Name Not Found')],
	[
		'characters that XML escapes',
		call('core.echo', '<string>a\nb &amp; &quot;q&quot; é&#13;</string>'),
		answered(array('<string>a\nb &amp; "q" \u00c3\u00a9&#xD;</string>')),
	],
	[
		'an argument that is a list',
		call('core.echo', '<array><data><value>x</value></data></array>'),
		refused(400, 'Invalid Parameter Type'),
	],
	[
		'entities of its own, which are not read',
		'<!DOCTYPE m [<!ENTITY e "x"><!ENTITY f "&e;&e;">]><methodCall><methodName>core.echo</methodName><params><param><value>&f;</value></param></params></methodCall>',
		refused(400, 'Invalid XML-RPC Document'),
	],
];

test('documents are answered as Kamailio answers them', async (t) => {
	const { request, lines } = await serve(t, {
		modparams: [{ module: 'htable', name: 'htable', value: 't=>size=4' }],
	});
	for (const [name, document, answer] of CASES) {
		const reply = await request('/RPC2', post(document));
		assert.equal(reply.body, answer, name);
		assert.equal(reply.status, 200, name);
		assert.match(reply.headers, /^Content-Type: text\/xml\r\n/m, name);
	}
	assert.ok(lines('script').every((line) => line === 'returned 1'));
});

test("carriage returns are written as they are, and two line feeds read as one line's end, by parameter", async (t) => {
	const { request } = await serve(t, { modparams: [param('escape_cr', 0), param('double_lf_to_crlf', 1)] });
	const reply = await request('/RPC2', post(call('core.echo', 'a\n\nb')));
	assert.equal(reply.body, answered(array('<string>a\r\nb</string>')));
});

test('a handler refuses with a fault, and agrees with the value 1', async (t) => {
	const { request } = await hostFor(
		t,
		'function ksr_xhttp_event() KSR.xmlrpc.xmlrpc_reply(tonumber(KSR.pv.get("$(hu{s.substr,1,3})")), "No <way>") end',
	);
	assert.equal((await request('/403')).body, refused(403, 'No &lt;way>'));
	assert.equal((await request('/200')).body, answered('<int>1</int>'));
});

const ROUTES = `loadmodule "sl.so"
loadmodule "xhttp.so"
loadmodule "xmlrpc.so"
route[XMLRPC] {
	if (src_ip == 127.0.0.1) {
		dispatch_rpc();
		exit;
	}
	send_reply("403", "Forbidden");
}
event_route[xhttp:request] {
	xhttp_reply("200", "OK", "text/plain", "xhttp");
}`;

test('requests that match go to the route of the parameter, all others to xhttp', async (t) => {
	const { request } = await hostFor(t, ROUTES, {
		name: 'handler.cfg',
		modparams: [param('route', 'XMLRPC'), param('url_match', '^/RPC')],
	});
	const document = call('core.echo', 'x');
	const from = (address: string) => ({ connection: { remote: { address, port: 50000 } } });
	const local = { ...post(document), ...from('127.0.0.1') };
	assert.equal((await request('/RPC', local)).body, answered(array('<string>x</string>')));
	assert.equal((await request('/RPC', { ...local, ...from('10.0.0.1') })).status, 403);
	assert.equal((await request('/RPC', { ...local, method: 'PUT' })).body, 'xhttp');
	assert.equal((await request('/', local)).body, 'xhttp');
});

test('a route that does not exist ends the start, and mode 1 takes no requests', async (t) => {
	const options = { name: 'handler.cfg', modparams: [param('route', 'XMLRCP')] };
	await assert.rejects(hostFor(t, ROUTES, options), /there is no XMLRCP/);
	const { request } = await hostFor(t, ROUTES, {
		name: 'handler.cfg',
		modparams: [param('route', 'XMLRPC'), param('mode', 1)],
	});
	assert.equal((await request('/RPC', post(call('core.echo')))).body, 'xhttp');
});

test('the function that event_callback names gets them in Lua and JavaScript', async (t) => {
	for (const [name, code] of [
		[
			'handler.lua',
			'function rpcs(name) KSR.info(name) KSR.xmlrpc.dispatch_rpc() end function ksr_xhttp_event() end',
		],
		[
			'handler.js',
			'function rpcs(name) { KSR.info(name); KSR.xmlrpc.dispatch_rpc(); } function ksr_xhttp_event() {}',
		],
	] as const) {
		const { request, lines } = await hostFor(t, code, { name, modparams: [param('event_callback', 'rpcs')] });
		const reply = await request('/RPC', post(call('core.echo')));
		assert.equal(reply.body, answered(array()));
		assert.deepEqual(lines('script'), ['xmlrpc:request']);
	}
});

test("Python's XML-RPC client understands the answers", async (t) => {
	const { host } = await serve(t);
	const { port } = await host.listen();
	const program = `import xmlrpc.client
server = xmlrpc.client.ServerProxy("http://127.0.0.1:${port}/RPC2")
print(server.core.echo("a <b> & \\u00e9", 5))
try:
    server.no.such()
except xmlrpc.client.Fault as fault:
    print(fault.faultCode, fault.faultString)
print("core.echo" in server.system.listMethods())`;
	const { stdout } = await promisify(execFile)('python3', ['-c', program], {
		env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
	});
	assert.equal(stdout, "['a <b> & é', '5']\n500 Method Not Found\nTrue\n");
});
