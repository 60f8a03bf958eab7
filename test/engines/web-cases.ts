/**
 * Cases for the Web's globals in the JavaScript engines. What they have to show is what Node's own show, which the
 * expectations here were taken from.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { body, type EngineCase, js } from './cases.ts';

/** A handler that shows values, one line for each call of `show`, and replies with them. */
const shows = (code: string) =>
	js(`const shown = [];
const text = (value) => typeof value === 'string' ? value : JSON.stringify(value);
const show = (...values) => shown.push(values.map(text).join(' '));
const error = (f) => { try { return f() } catch (e) { return e.name + ': ' + e.message } };
${code}
KSR.xhttp.xhttp_reply(200, "OK", "text/plain", shown.join('\\n'));`);

/** The same code, run here: what a handler is to show. */
function shownByNode(code: string): string {
	const shown: string[] = [];
	const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
	const show = (...values: unknown[]) => shown.push(values.map(text).join(' '));
	const error = (f: () => unknown) => {
		try {
			return f();
		} catch (e) {
			return `${(e as Error).name}: ${(e as Error).message}`;
		}
	};
	new Function('show', 'error', code)(show, error);
	return Buffer.from(shown.join('\n')).toString('latin1');
}

/** What has to be as in Node, by subject. */
const AS_IN_NODE: Readonly<Record<string, string>> = {
	URL: `
const url = new URL('../x?a=1&b=%20c#h', 'http://user:pw@exämple.org:8080/p/q/');
show(url.href, url.origin, url.protocol, url.username, url.password, url.host, url.hostname, url.port, url.pathname, url.search, url.hash);
show(String(url), JSON.stringify({ url }), Object.prototype.toString.call(url));
url.pathname = '/new path'; url.hash = ''; url.port = '443'; url.protocol = 'https'; url.hostname = 'other.org'; show(url.href);
url.port = 'abc'; show(url.port);
show(error(() => new URL('nope')), error(() => { url.href = 'nope' }), URL.canParse('x:y'), URL.canParse('/x'), URL.canParse('/x', 'http://h'), URL.parse('nope'), URL.parse('/x', 'http://h').href);`,
	'the query of a URL': `
const url = new URL('http://h/?a=1&b=%20c&a=2');
const params = url.searchParams;
show(params.get('b'), params.getAll('a'), params.get('none'), params === url.searchParams);
params.append('é', 'ü &=+'); show(url.search);
params.delete('a', '1'); params.set('b', 'x y'); params.set('new', 1); show(url.href);
url.search = '?z=9'; show([...params], params.size); url.search = ''; show(params.size, url.href);`,
	URLSearchParams: `
const params = new URLSearchParams({ b: "2!'()~*-._", a: '1' });
params.append('a', 'x y'); params.set('a', 'z'); params.append('c', '€\\ud800'); params.sort();
show(params.toString(), [...params.keys()], [...params.values()], [...params.entries()], params.has('a'), params.has('a', '1'), params.size);
params.forEach((value, name) => show(name, value));
show(String(new URLSearchParams([['q', '1'], ['q', '2']])), String(new URLSearchParams('?a=%ff&b=+&&c')), String(new URLSearchParams(params)));
show(error(() => { new URLSearchParams([['one']]) }).startsWith('TypeError'));`,
	'TextEncoder and TextDecoder': `
show([...new TextEncoder().encode('aé😀\\ud800')], [...new TextEncoder().encode()], new TextEncoder().encoding);
show(new TextEncoder().encodeInto('é€x', new Uint8Array(5)));
const decode = (bytes, label, options) => new TextDecoder(label, options).decode(bytes);
show(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0xc3, 0xa9, 0xff])), decode(new Uint8Array([0xef, 0xbb, 0xbf, 65]), 'utf8', { ignoreBOM: true }).length);
show(error(() => decode(new Uint8Array([255]), 'utf-8', { fatal: true })));
show(decode(new Uint8Array([0xe9]).buffer, 'latin1'), decode(new Uint16Array([65, 66]), 'utf-16le'), new TextDecoder('latin1').encoding, decode());
show(error(() => new TextDecoder('nope')).split(':')[0]);`,
	'atob and btoa': `
show(btoa('h\\xe9llo\\0'), atob(' aOls bG8A ') === 'h\\xe9llo\\0', btoa(''), error(() => btoa('€')).split(':')[0], error(() => atob('*')).split(':')[0]);`,
	structuredClone: `
class Point { constructor() { this.x = 1 } get y() { return 2 } }
const original = { date: new Date(5), map: new Map([[{ k: 1 }, new Set([1])]]), regex: /x/gi, list: [1, , 3], bytes: new Uint8Array([9, 8, 7]).subarray(1), point: new Point(), big: 5n, nan: NaN, wrapped: Object('s') };
original.self = original;
original.error = new RangeError('far', { cause: original });
const copy = structuredClone(original);
show(copy !== original, copy.self === copy, copy.date.getTime(), copy.date instanceof Date, [...copy.map.keys()], [...[...copy.map.values()][0]]);
show(String(copy.regex), copy.list, 1 in copy.list, [...copy.bytes], copy.bytes.byteOffset, copy.point, copy.point instanceof Point, String(copy.big), Number.isNaN(copy.nan), typeof copy.wrapped);
show(copy.error instanceof RangeError, copy.error.message, copy.error.cause === copy);
show(error(() => structuredClone(Symbol('s'))), error(() => structuredClone({ f: () => 1 })).split(':')[0], error(() => structuredClone(new WeakMap())).split(':')[0]);
const shared = []; const pair = structuredClone([shared, shared]); show(pair[0] === pair[1], structuredClone('x'), structuredClone(undefined) === undefined);`,
	crypto: `
const one = crypto.randomUUID();
show(/^[\\da-f]{8}-[\\da-f]{4}-4[\\da-f]{3}-[89ab][\\da-f]{3}-[\\da-f]{12}$/.test(one), one !== crypto.randomUUID());
const bytes = new Uint32Array(64); show(crypto.getRandomValues(bytes) === bytes, new Set(bytes).size > 60);
show(error(() => crypto.getRandomValues(new Uint8Array(65537))).split(':')[0], error(() => crypto.getRandomValues(new Float32Array(1))).split(':')[0]);`,
};

/** All of them. */
export const WEB_CASES: readonly EngineCase[] = [
	...Object.entries(AS_IN_NODE).map(
		([name, code]): EngineCase => ({
			name: `${name} in JavaScript does what it does in Node`,
			js: shows(code),
			body: shownByNode(code),
		}),
	),
	{
		name: 'a microtask runs when the handler is through, and its errors are in the log',
		js: shows(
			'queueMicrotask(() => KSR.info("later")); queueMicrotask(() => { throw new Error("bad") }); queueMicrotask(() => KSR.x.exit()); KSR.info("first"); show(error(() => queueMicrotask(5)).split(":")[0])',
		),
		check: async (host) => {
			assert.equal(await body(host), 'TypeError');
			const [first, second, third, ...rest] = host.lines('script');
			assert.deepEqual([first, second, rest], ['first', 'later', []]);
			assert.match(third ?? '', /^Error: bad\n {4}at .*handler\.js/);
		},
	},
	{
		name: 'console has what scripts use, at the levels of the log',
		js: js(`console.log('%s is %d%% and %j', 'x', '42', { a: 1 }, 'more'); console.log('100%', 1); console.warn('careful'); console.debug(new Map([[1, 2]]));
console.assert(true); console.assert(false, 'why'); console.count(); console.count(); console.dir({ a: [1] }); console.table([1]); console.group('g'); console.groupEnd();
console.time('t'); console.timeEnd('t'); console.timeEnd('t'); console.trace('here');
KSR.xhttp.xhttp_reply(200, "OK", "", "");`),
		check: async (host) => {
			await host.request();
			const lines = host.logs.map(({ level, text }) => `${level} ${text}`);
			const trace = lines.pop() ?? '';
			assert.match(trace, /^debug Trace: here\n {4}at .*handler\.js:4(:\d+)?\)?$/);
			assert.match(lines.pop() ?? '', /^info t: \d+ ms$/);
			assert.deepEqual(lines, [
				'info x is 42% and { a: 1 } more',
				'info 100% 1',
				'warning careful',
				'debug Map { 1 => 2 }',
				'error Assertion failed: why',
				'info default: 1',
				'info default: 2',
				'info { a: [ 1 ] }',
				'info [ 1 ]',
				'info g',
			]);
		},
	},
	{
		name: 'a script may have names of its own for what the Web has',
		js:
			'const URL = 1; var atob = 2; function structuredClone() { return 3 }\nlet TextEncoder = 4; performance = 5;\n' +
			js(
				'KSR.xhttp.xhttp_reply(200, "OK", "text/plain", [URL, atob, structuredClone(), TextEncoder, performance, typeof btoa, typeof crypto.randomUUID].join())',
			),
		body: '1,2,3,4,5,function,function',
	},
	{
		name: "the Web's globals are no callbacks of the script",
		js: js('KSR.xhttp.xhttp_reply(200, "OK", "text/plain", Object.keys(globalThis).includes("URL") + "")'),
		options: { eventCallback: 'ksr_xhttp_event' },
		body: 'false',
	},
	{
		name: 'time passes for performance.now',
		js: js(
			'const t = performance.now(); let n = 0; while (performance.now() === t) n++; KSR.xhttp.xhttp_reply(200, "OK", "text/plain", String(performance.now() > t))',
		),
		body: 'true',
	},
];
