/** KSR.jansson. Unless a title says otherwise, the results were recorded from Kamailio 5.6.3 with jansson 2.14. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesOf } from '../../src/bytes.ts';
import { dumpJson } from '../../src/modules/jansson/dump.ts';
import { JsonSyntaxError, parseJson } from '../../src/modules/jansson/parse.ts';
import { formatG } from '../../src/modules/jansson/real.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import { complains, gives, is, type Step, set, take, World } from '../support/context.ts';

/** The path leads to a value. */
const finds = (document: string, path: string, value: PvValue): Step[] => [
	set('$vn(v)', 'before'),
	gives('jansson.get', path, document, '$vn(v)')(1),
	is('$vn(v)', value),
];

/** The path leads nowhere, which is no error, and the variable stays as it is. */
const misses = (document: string, path: string): Step[] => [
	set('$vn(v)', 'before'),
	gives('jansson.get', path, document, '$vn(v)')(-1),
	is('$vn(v)', 'before'),
];

const DOCUMENT =
	'{"a":{"b":[1,[2,3],{"c":"x"}]},"":{"":5},"l":[10,20,30,40,50,60,70,80,90],"a.b":1,"9":{"1":"n"}}';

test('paths through objects and arrays', () => {
	const found: [path: string, value: PvValue][] = [
		['', DOCUMENT],
		['.', '{"":5}'],
		['..', 5],
		['a', '{"b":[1,[2,3],{"c":"x"}]}'],
		['a.', '{"b":[1,[2,3],{"c":"x"}]}'],
		['a.b', '[1,[2,3],{"c":"x"}]'],
		['a.b[', '[1,[2,3],{"c":"x"}]'],
		['a.b[]', 1],
		['a.b[0]', 1],
		['a.b[0].', 1],
		['a.b[1][1]', 3],
		['a.b[2].c', 'x'],
		['a.b[+1]', '[2,3]'],
		['a.b[-0]', 1],
		['a.b[ 1]', '[2,3]'],
		['a.b[0x1]', '[2,3]'],
		['l[010]', 90],
		['9.1', 'n'],
		['a\0.nothing', '{"b":[1,[2,3],{"c":"x"}]}'],
	];
	take(found.flatMap(([path, value]) => finds(DOCUMENT, path, value)));
});

test('paths that lead nowhere give -1', () => {
	const paths =
		'a.. a.b[0 a.b[0]x a.b[1].[1] a.b[2]c a.b[-1] l[08] l[0x] l[1e0] l[9] l[4294967296] l[99999999999999999999] a.b.c [0] [ ] a] A a[0] l.0 none none.x[1] __proto__ constructor'.split(
			' ',
		);
	take([...paths, 'a.b[1 ]', 'a.b[ ]'].flatMap((path) => misses(DOCUMENT, path)));
	take(['length', '[2]', '[-1]', '[[0]]', '[0]]'].flatMap((path) => misses('[[1,2],3]', path)));
});

test('values as variables hold them', () => {
	const values: [json: string, value: PvValue][] = [
		['true', 1],
		['false', 0],
		['null', null],
		['""', ''],
		['-0', 0],
		['2147483647', 2147483647],
		['2147483648', '2147483648'],
		['-2147483648', -2147483648],
		['-2147483649', '-2147483649'],
		['9007199254740993', '9007199254740993'],
		['-9223372036854775808', '-9223372036854775808'],
		['0.0', '0'],
		['-0.0', '-0'],
		['1.50', '1.5'],
		['1E+2', '100'],
		['1e-7', '1e-07'],
		['1e21', '1e+21'],
		['123456789012345678.0', '1.23456789012346e+17'],
		['0.30000000000000004', '0.3'],
		['1e-400', '0'],
		['"\\u0041\\u00e9\\ud83d\\ude00\\"\\\\\\/\\b\\f\\n\\r\\t"', `A${bytesOf('é😀')}"\\/\b\f\n\r\t`],
		[bytesOf('"é€😀"'), bytesOf('é€😀')],
		['"\x7f"', '\x7f'],
		[' [ 1 , { "b" : [ ] , "a" : {} } ] ', '[1,{"b":[],"a":{}}]'],
		[
			'[0.1,1.0,1e2,1e-7,1e21,1e16,-0.0]',
			'[0.10000000000000001,1.0,100.0,9.9999999999999995e-8,1e21,10000000000000000.0,-0.0]',
		],
		['["\\u001f\\u007f/\\n"]', '["\\u001F\x7f/\\n"]'],
		['{"b":1,"2":2,"1":1,"__proto__":{"x":1}}', '{"b":1,"2":2,"1":1,"__proto__":{"x":1}}'],
	];
	take(values.flatMap(([json, value]) => finds(`[${json}]`, '[0]', value)));
});

test('a value put into $avp is pushed, null takes the newest away', () => {
	const document = '{"s":"text","n":null}';
	take([
		gives('jansson.get', 's', document, '$avp(a)')(1),
		gives('jansson.get', 's', document, '$avp(a)')(1),
		gives('jansson.get', 'n', document, '$avp(a)')(1),
		is('$(avp(a)[*])', 'text'),
		gives('jansson.get', 'n', document, '$var(v)')(1),
		is('$var(v)', 0),
	]);
});

test('a variable that is none or read-only is refused before anything is read', () => {
	take([
		complains('jansson.get', 'a', '{"a":1}', '$si')(-1),
		complains('jansson.get', 'a', '{"a":1}', '$nosuch(v)')(-1),
		complains('jansson.get', 'a', '{"a":1}', 'var(v)')(-1),
		complains('jansson.get', 'a', 'no json', '')(-1),
	]);
});

const INVALID = [
	...[
		'',
		' ',
		'null',
		'1',
		'"text"',
		'[',
		'[1',
		'[1,',
		'[1,]',
		'[,1]',
		'[1 2]',
		']',
		'{',
		'{}x',
		'{} {}',
		'[1]]',
	],
	...[
		'{a:1}',
		"{'a':1}",
		'{"a"}',
		'{"a":}',
		'{"a":1,}',
		'{"a":1 "b":2}',
		'{"a":1,"a":2}',
		'{"a":1,"\\u0061":2}',
	],
	...[
		'[TRUE]',
		'[tru]',
		'[truex]',
		'[01]',
		'[1.]',
		'[.5]',
		'[+1]',
		'[0x10]',
		'[-]',
		'[1e]',
		'[NaN]',
		'[1e400]',
	],
	...['[9223372036854775808]', '[-9223372036854775809]', `[${'9'.repeat(100_000)}]`],
	...[
		'["a]',
		'["\\x"]',
		'["\\u12"]',
		'["\\ud800"]',
		'["\\udc00"]',
		'["\\ud800\\u0041"]',
		'["\\u0000"]',
		'["a\tb"]',
	],
	...['/* c */[]', '[] // c', bytesOf('\ufeff[]'), '["\xff"]', '["\xc0\x80"]', '["\xed\xa0\x80"]', '[]\xff'],
];

test('what is no JSON to jansson', () => {
	take(
		INVALID.flatMap((document) => [
			set('$var(v)', '-'),
			complains('jansson.get', '', document, '$var(v)')(-1),
		]),
	);
});

test('a text ends at a NUL', () => {
	take(finds('[1]\0 and more', '[0]', 1));
});

test('the error line says where, and shows nothing of the document', () => {
	const world = new World();
	const get = world.host.exports.find('KSR.jansson.get');
	get?.call(world.request(), ['a', '{\n\t"secret": 1,\n\t"b": x }', '$var(v)'], 'lua');
	const [complaint = ''] = world.takeComplaints();
	assert.match(complaint, /line 3, column 7/);
	assert.doesNotMatch(complaint, /secret/);
});

test('2048 values can be inside of one another', () => {
	const nested = (depth: number, inner: string) => '['.repeat(depth) + inner + ']'.repeat(depth);
	for (const good of [nested(2047, '7'), nested(2048, '')]) assert.equal(dumpJson(parseJson(good)), good);
	for (const bad of [nested(2048, '7'), nested(2049, ''), nested(1_000_000, '')])
		assert.throws(() => parseJson(bad), JsonSyntaxError);
});

test('a large document takes time in proportion to its size', () => {
	const members = Array.from({ length: 60_000 }, (_, i) => `"key${i}":["text ${i}",${i}]`);
	const document = `{${members.join(',')}}`;
	const start = performance.now();
	assert.equal(dumpJson(parseJson(document)), document);
	assert.ok(performance.now() - start < 2000);
});

test('what JSON.stringify writes is read as it was', () => {
	fc.assert(
		fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
			// Lone surrogates and NUL are no texts to jansson, and integers have 64 bits.
			const text = JSON.stringify(value);
			fc.pre(text.isWellFormed() && !/\\u(?:0000|d[89a-f])|\d{18}/.test(text));
			const dumped = Buffer.from(dumpJson(parseJson(bytesOf(text))), 'latin1').toString('utf8');
			assert.deepEqual(JSON.parse(dumped), JSON.parse(text));
		}),
	);
});

// As printf() of glibc 2.36 prints them
test('reals are rounded as C prints them', () => {
	const numbers: [value: number, precision: number, text: string][] = [
		[Number('562949953421312.125'), 17, '562949953421312.12'],
		[Number('562949953421312.375'), 17, '562949953421312.38'],
		[0.5, 15, '0.5'],
		[2.5, 1, '2'],
		[3.5, 1, '4'],
		[9.96, 2, '10'],
		[99.6, 2, '1e+02'],
		[0.00012345, 3, '0.000123'],
		[0.000012345, 3, '1.23e-05'],
		[-1e100, 15, '-1e+100'],
		[5e-324, 17, '4.9406564584124654e-324'],
		[1.7976931348623157e308, 17, '1.7976931348623157e+308'],
	];
	for (const [value, precision, text] of numbers) assert.equal(formatG(value, precision), text);
});
