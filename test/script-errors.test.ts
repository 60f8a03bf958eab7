/** Errors for people: the source line with a caret, the script's own frames, a hint; in the log and in the browser. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHost } from '../src/host.ts';
import { excerpt } from '../src/source/excerpt.ts';
import { kemihost } from './support/command.ts';
import { folderWith, hostFor } from './support/host.ts';

const LUA = `local function inner(x)
	return x.y.z -- <b>"&'</b>
end
function ksr_xhttp_event()
	local q = KSR.pv.get("$hu")
	if q == "/misspelt" then KSR.hdr.gett("X") end
	inner({})
end`;
const JS = `function inner(x) {
	return x.y.z; // <b>"&'</b>
}
function ksr_xhttp_event() {
	const q = KSR.pv.get("$hu");
	if (q === "/misspelt") KSR.hdr.gett("X");
	inner({});
}`;

for (const [engine, name, code] of [
	['fengari', 'h.lua', LUA],
	['wasmoon', 'h.lua', LUA],
	['quickjs', 'h.js', JS],
	['isolated-vm', 'h.js', JS],
] as const)
	test(`${engine}: the source line stands below the message, and no frame of the host`, async (t) => {
		const host = await hostFor(t, code, { name, engine, dev: true });
		const { body, headers } = await host.request('/x');
		assert.match(headers, /^Content-Type: text\/plain/);
		const place = name.replace('.', '\\.');
		assert.match(body, new RegExp(`${place}:2: .*\\n {2}2 \\| \\treturn x\\.y\\.z.*\\n {4}\\| \\t *\\^\\n`));
		assert.match(body, new RegExp(`at inner \\(${place}:2\\)\\n {2}at ksr_xhttp_event \\(${place}:7\\)\\n`));
		assert.doesNotMatch(body, /node_modules|engines|src\/|file:|kemihost/);
		assert.match((await host.request('/misspelt')).body, /\nhint: .*did you mean KSR\.hdr\.get\?/);

		const accept = [['Accept', 'text/html,application/xhtml+xml,*/*;q=0.8']] as const;
		const page = await host.request('/<script>alert(1)</script>', { headers: accept });
		assert.equal(page.status, 500);
		assert.match(
			page.headers,
			/^Content-Type: text\/html; charset=utf-8\r\nContent-Security-Policy: default-src 'none'/,
		);
		assert.match(
			page.body,
			/<p>ksr_xhttp_event failed for GET \/&lt;script&gt;alert\(1\)&lt;\/script&gt;: h\./,
		);
		assert.match(page.body, /&lt;b&gt;&quot;&amp;&#39;&lt;\/b&gt;/);
		assert.doesNotMatch(page.body, /<script>|<b>/);
	});

test('native: the statement with its caret, and the routes that are inside each other', async (t) => {
	const code = `loadmodule "xhttp.so"
loadmodule "tm.so"
include_file "lib/part.cfg"
event_route[xhttp:request] {
	if (method == "GET") route(OUTER);
	exit;
}
`;
	const part = 'route[INNER] {\n\t$var(x) = 1; t_relay();\n}\nroute[OUTER] {\n\troute(INNER);\n}\n';
	const files = { 'lib/part.cfg': part };
	const host = await hostFor(t, code, { name: 'h.cfg', files, dev: true, strict: true, eventCallback: '' });
	const { status, body } = await host.request('/x');
	assert.equal(status, 500);
	assert.match(
		body,
		/^event_route\[xhttp:request\] failed for GET \/x: lib\/part\.cfg:2: t_relay of module tm needs a SIP server$/m,
	);
	assert.match(body, /\n {2}2 \| \t\$var\(x\) = 1; t_relay\(\);\n {4}\| \t {13}\^\n/);
	assert.match(
		body,
		/\n {2}at route\[INNER\] \(lib\/part\.cfg:2\)\n {2}at route\[OUTER\] \(lib\/part\.cfg:5\)\n {2}at event_route\[xhttp:request\] \(h\.cfg:5\)\n/,
	);
	await host.request('/x', { method: 'PUT' });
	assert.match(host.lines('core').join('\n'), /event_route\[xhttp:request\] ended without a reply: PUT \/x/);
});

test('without --dev neither a page nor a text tells what happened', async (t) => {
	const host = await hostFor(t, LUA);
	const { body } = await host.request('/', { headers: [['Accept', 'text/html']] });
	assert.equal(body, '500 Internal Server Error\n');
});

test('what does not load is shown with its line on the terminal, from a child too', async (t) => {
	const folder = folderWith(t, {
		'broken.lua': 'local a = 1\nlocal b = = 2\n',
		'fails.js': 'const a = 1;\nnothing.at.all();\n',
		'uses.lua': 'require "lib.part"\nfunction ksr_xhttp_event() end',
		'lib/part.lua': 'local x\nx.y = "ü"',
	});
	for (const [script, expected] of [
		['broken.lua', /broken\.lua:2: .* \[KH_SCRIPT_COMPILE\]\n {2}2 \| local b = = 2\n {4}\| {11}\^\n/],
		[
			'fails.js',
			/fails\.js:2: .*nothing.* \[KH_SCRIPT_COMPILE\]\n {2}2 \| nothing\.at\.all\(\);\n {4}\| \^\n/,
		],
		['uses.lua', /lib\/part\.lua:2: .*\n {2}2 \| x\.y = "ü"\n {4}\| \^\n/],
	] as const)
		for (const children of ['0', '1']) {
			const run = kemihost(t, ['run', script, '--listen=:0', '--children', children], { cwd: folder });
			assert.equal(await run.ended, 3);
			assert.match(run.stderr(), expected);
		}
});

/** Lines of a handler, the last with a caret's place behind `<`; without it the place is not known. */
const LUA_LINES = [
	'\tlocal e, x = "ü"; return e:len() + <x.y',
	'\treturn KSR.hdr.<gett("X") or KSR.hdr.gete("X")',
	'\tlocal t = { a = { } }; return t["a"][<"b"].c',
	'\tif true then <nothing() end',
	'\tlocal s = "a"; return s:<none(1)',
	'\treturn "a" .. <missing .. 1',
	'\tlocal n = 1; return #<n',
	'\treturn 2 * <missing',
	'\tif <missing < 2 then return 1 end',
	'\tlocal z = string.rep(<{}, 2)',
	'\tif true then <error("as a script says") end',
	'\tif true then error("one") else error("two") end',
	'\tlocal x; x = x.y + x.z',
] as const;

for (const engine of ['fengari', 'wasmoon'])
	test(`${engine}: the caret stands where the line has just one place that fits what Lua says`, async (t) => {
		const functions = LUA_LINES.map((line, i) => `function f${i}()\n${line.replace('<', '')}\nend\n`);
		const code = `${functions.join('')}function ksr_xhttp_event() _G["f" .. KSR.pv.get("$hu"):sub(2)]() end`;
		const host = await hostFor(t, Buffer.from(code), { engine });
		for (const [i, line] of LUA_LINES.entries()) {
			await host.request(`/${i}`);
			const text = host.logs.findLast(({ level }) => level === 'error')?.text ?? '';
			const number = 3 * i + 2;
			const gutter = ' '.repeat(String(number).length);
			const at = line.indexOf('<');
			const caret = at < 0 ? '' : `  ${gutter} | ${line.slice(0, at).replace(/[^\t]/g, ' ')}^\n`;
			assert.ok(text.includes(`\n  ${number} | ${line.replace('<', '')}\n${caret}`), text);
			assert.equal(/\|\s*\^\n/.test(text), at >= 0, text);
		}
	});

test('a long line is cut around the place, and tabs keep the caret where it belongs', () => {
	assert.equal(excerpt('\t\tfoo(bar)', { line: 12, column: 7 }), '  12 | \t\tfoo(bar)\n     | \t\t    ^\n');
	const long = excerpt('x'.repeat(300), { line: 1, column: 200 });
	const [source = '', caret = ''] = long.split('\n');
	assert.ok(source.length < 120 && source.endsWith('…') && source.includes('…x'));
	assert.equal(source[caret.indexOf('^')], 'x');
	assert.equal(excerpt('', { line: 1 }), '');
});

/** What of the line of an error stands before the caret: V8 points at the name or the expression, QuickJS behind it. */
const CARETS = [
	['quickjs', '/read', '\tconst é = "ü"; return é.none'],
	['isolated-vm', '/read', '\tconst é = "ü"; return é.none.'],
	['quickjs', '/throw', '\tconst text = "x"; throw new Error'],
	['isolated-vm', '/throw', '\tconst text = "x"; throw '],
] as const;
const READ = '\tconst é = "ü"; return é.none.none;';
const THROW = '\tconst text = "x"; throw new Error(text);';

for (const [engine, target, before] of CARETS)
	test(`${engine}: the caret stands where the engine says: ${target}`, async (t) => {
		const code = `function read() {\n${READ}\n}
function fail() {\n${THROW}\n}
function ksr_xhttp_event() { KSR.pv.get("$hu") === "/read" ? read() : fail(); }`;
		const host = await hostFor(t, Buffer.from(code), { name: 'h.js', engine });
		await host.request(target);
		const text = host.logs.find(({ level }) => level === 'error')?.text ?? '';
		const [line, number] = target === '/read' ? [READ, 2] : [THROW, 5];
		const blanks = before.replace(/[^\t]/g, ' ');
		assert.ok(text.includes(`\n  ${number} | ${line}\n    | ${blanks}^\n`), text);
	});

for (const engine of ['quickjs', 'isolated-vm'])
	test(`${engine}: the caret below what does not compile`, async (t) => {
		const file = join(folderWith(t, { 'h.js': 'function f() {\n\tlet x = ;\n}' }), 'h.js');
		await assert.rejects(createHost({ script: file, engine, log: () => {} }), {
			excerpt: '  2 | \tlet x = ;\n    | \t        ^\n',
		});
	});
