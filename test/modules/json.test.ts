/** `{json.parse}`. Unless a title says otherwise, the results were recorded from Kamailio 5.6.3 with json-c 0.16. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf } from '../../src/bytes.ts';
import { parseLax } from '../../src/modules/json/parse.ts';
import { textOfValue } from '../../src/modules/json/print.ts';
import { fails, is, type Step, set, take } from '../support/context.ts';

const parse = (path: string) => `$(var(js){json.parse,${path}})`;

const DOCUMENT =
	'{"a":{"b":[1,[2,3],{"c":"x/y"}]},"l":[10,20,30],"a.b":1,"n":null,"t":true,"f":1.50,"e":"","o":{"x":[],"y":{}},"k[0]":7,"p.q":8,"a name that is longer than Kamailio has room for":9}';

test('paths lead into objects and arrays', () => {
	const results: [path: string, value: string][] = [
		['a', '{ "b": [ 1, [ 2, 3 ], { "c": "x\\/y" } ] }'],
		['a.b', '[ 1, [ 2, 3 ], { "c": "x\\/y" } ]'],
		['a.b[0]', '1'],
		['a.b[1]', '[ 2, 3 ]'],
		['a.b[1][1]', '[ 2, 3 ]'],
		['a.b[2].c', 'x/y'],
		['a.b[-1]', ''],
		['a.b[9]', ''],
		['a.b[x]', '1'],
		['a.b[]', '[ 1, [ 2, 3 ], { "c": "x\\/y" } ]'],
		['a.b[0', '1'],
		['a.b[ 1]', '[ 2, 3 ]'],
		['a[0].b[0]', '1'],
		['l[1]x', '20'],
		['l[+1]', '20'],
		['l[4294967297]', '20'],
		['l.1', ''],
		['a%b', '1'],
		['p%q', '8'],
		['n', ''],
		['n.x', ''],
		['t', 'true'],
		['t.x', ''],
		['f', '1.50'],
		['e', ''],
		['o', '{ "x": [ ], "y": { } }'],
		[' a.b[0]', '1'],
		['a ', ''],
		['a.', '{ "b": [ 1, [ 2, 3 ], { "c": "x\\/y" } ] }'],
		['k[0]', ''],
		['none', ''],
		['none.x', ''],
		['A', ''],
		['a.b[0]\t ', '1'],
	];
	take([set('$var(js)', DOCUMENT), ...results.map(([path, value]) => is(parse(path), value))]);
});

test('a path can contain variables', () => {
	take([
		set('$var(js)', '{"a":{"b":"v"},"l":[10,20,30],"0":"zero","2":"two"}'),
		set('$var(p)', 'a'),
		set('$var(q)', 'b'),
		set('$var(i)', 2),
		is(parse('$var(p)'), '{ "b": "v" }'),
		is(parse(' $var(p) '), '{ "b": "v" }'),
		is(parse('$(var(p){s.rm,x})'), '{ "b": "v" }'),
		is(parse('a.$var(q)'), 'v'),
		is(parse('l[$var(i)]'), '30'),
		is(parse('$var(i)'), 'two'),
		is(parse('$var(unset)'), 'zero'),
		is(parse('a.$avp(none)'), ''),
		fails(parse('$var(p).b')),
		fails(parse('$vn(none)')),
		fails(parse('a.$nosuch(x)')),
		fails(parse('$nosuch(x)')),
	]);
});

test('expressions that are not good', () => {
	take([
		set('$var(js)', '{"a":1}'),
		fails(parse('a,b')),
		fails(parse('a\tb')),
		fails('$(var(js){json.parse})'),
		fails('$(var(js){json.encode})'),
		fails('$(var(js){json.nope,a})'),
		fails('$(vn(none){json.parse,a})'),
		is('$(var(js){json.PARSE,a})', '1'),
	]);
});

const invalid = (document: string): Step[] => [
	set('$var(js)', document),
	(world, ctx) => {
		const variable = world.host.variables.variable(parse('a'));
		assert.equal('get' in variable && variable.get(ctx), '', document);
		assert.match(world.takeComplaints().join(), /no JSON/, document);
	},
];

test('documents that are no JSON give an empty text and an error line', () => {
	const documents = [
		'',
		' ',
		'null',
		'not json',
		'{',
		'{"a":1',
		'{"a":1}/x',
		'{"a":[1,,2]}',
		'{,"a":1}',
		'{a:1}',
	];
	documents.push(
		'/***/{"a":1}',
		'{"a":+1}',
		'{"a":.5}',
		'{"a":0x10}',
		'{"a":1-2}',
		'{"a":-}',
		'{"a":"\\x"}',
		'{"a":"x',
	);
	take(documents.flatMap(invalid));
});

test('documents that json-c takes', () => {
	const documents: [document: string, value: string][] = [
		['{"a":1} trailing', '1'],
		['{"a":1}/*', '1'],
		['{"a":1,"a":2,"b":3}', '2'],
		["{'a':'it\"s'}", 'it"s'],
		['{"a":TRUE}', 'true'],
		['{"a":nUlL}', ''],
		['{"a":[1,],}', '[ 1 ]'],
		['/* c */ {"a": // d\n 1}', '1'],
		['{"a":NaN}', 'NaN'],
		['{"a":-infinity}', '-Infinity'],
		['{"a":1e+}', '1'],
		['{"a":1.}', '1.'],
		['{"a":-.5}', '-.5'],
		['{"a":007}', '7'],
		['{"a":-0}', '0'],
		['{"a":1.0e2}', '1.0e2'],
		['{"a":9223372036854775808}', '9223372036854775808'],
		['{"a":18446744073709551616}', '18446744073709551615'],
		['{"a":-9223372036854775809}', '-9223372036854775808'],
		[`{"a":${'9'.repeat(100_000)}}`, '18446744073709551615'],
		['{"a":"\\ud83d\\ude00"}', bytesOf('😀')],
		['{"a":"\\ud800x\\udc00"}', bytesOf('\ufffdx\ufffd')],
		['{"a":"x\\u0000y"}', 'x'],
		['{"a":["x\\u0000y"]}', '[ "x\\u0000y" ]'],
		['{"a":["/\\u001f\\u007f\\b\\f\\n\\r\\t\\"\\\\"]}', '[ "\\/\\u001f\x7f\\b\\f\\n\\r\\t\\"\\\\" ]'],
		['{"a":"x\ty"}', 'x\ty'],
		['{"a":"\xff"}', '\xff'],
		['{"a":[ 1 ,{"b":[ ],"c":{ }}]}', '[ 1, { "b": [ ], "c": { } } ]'],
		['[{"a":1}]', ''],
		['"a"', ''],
		['{"a":1}\0,', '1'],
	];
	take(documents.flatMap(([document, value]) => [set('$var(js)', document), is(parse('a'), value)]));
});

test('32 values can be inside of one another', () => {
	const nested = (depth: number, inner: string) => '['.repeat(depth) + inner + ']'.repeat(depth);
	for (const good of [nested(31, '7'), nested(32, '')])
		assert.equal(textOfValue(parseLax(good) ?? '').replaceAll(' ', ''), good);
	for (const bad of [nested(32, '7'), nested(33, ''), nested(1_000_000, '')])
		assert.equal(parseLax(bad), undefined);
});

// Kamailio 5.6.3 ends with a failed assertion, writes past its buffers or reads what it never wrote.
test('what Kamailio does not survive', () => {
	take([
		set('$var(js)', DOCUMENT),
		is(parse('a..b[0]'), '1'),
		is(parse('.a.b[0]'), '1'),
		fails(parse('')),
		fails(parse('.')),
		is(parse('[0]'), ''),
		is(parse('a.[0]'), ''),
		is(parse('a name that is longer than Kamailio has room for'), '9'),
		set('$var(js)', `{"a":"${'x'.repeat(100_000)}"}`),
		is(parse('a'), 'x'.repeat(100_000)),
	]);
});

// json-c takes the last member before the comment for the whole document.
test('a comment that is not closed is refused', () => {
	take(invalid('{"b":{"a":1} /* '));
});

test('a long comment and a long text cost no stack', () => {
	const filler = '* '.repeat(1_000_000);
	take([set('$var(js)', `/*${filler}*/{"a":1}`), is(parse('a'), '1')]);
});

// Kamailio 6.2 has it; 5.6.3 does not know it.
test('{json.parsex} has a separator of its own', () => {
	take([
		set('$var(js)', DOCUMENT),
		set('$var(p)', '/a/b[0]'),
		is('$(var(js){json.parsex,/a/b[0]})', '1'),
		is('$(var(js){json.parsex,/a.b})', '1'),
		is('$(var(js){json.parsex,$var(p)})', '1'),
		fails('$(var(js){json.parsex,/})'),
		fails('$(var(js){json.parsex,})'),
	]);
});
