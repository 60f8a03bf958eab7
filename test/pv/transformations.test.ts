/**
 * The transformations, by tables. `transformations.recorded.json` is what Kamailio 5.6.3 gave through KSR.pv.get for
 * each expression and each `[value of $var(s), result, value of $var(p)]`, byte strings as Latin-1, in UTC; the last
 * is left out where it does not matter. What is newer than 5.6.3 is told from Kamailio's source.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import { standardTransformations } from '../../src/pv/transformations/standard.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import { read, World } from '../support/context.ts';

type Input = string | number;
type Recorded = Record<string, [value: Input, result: PvValue, parameter?: Input][]>;

const RECORDED = JSON.parse(
	readFileSync(new URL('transformations.recorded.json', import.meta.url), 'utf8'),
) as Recorded;

process.env['TZ'] = 'UTC';
const world = new World();
const ctx = world.request({ target: '/' });

function setVar(name: string, value: Input): void {
	const variable = world.host.variables.variable(`$var(${name})`);
	assert.ok(!(variable instanceof PvSyntaxError) && variable.set);
	variable.set(ctx, value);
}

/** The value of an expression over `$var(s)` and `$var(p)`. */
function evaluate(expression: string, s: Input, p: Input = 0): PvValue {
	setVar('s', s);
	setVar('p', p);
	return read(ctx, expression);
}

/** A departure from what was recorded: for an expression, or for one value of it. */
interface Departure {
	expression: string;
	value?: Input;
	why: string;
	/** What is given instead. */
	instead: (recorded: PvValue, value: Input) => PvValue;
}

const DEPARTURES: readonly Departure[] = [
	{
		expression: '$(var(s){s.decode.base58})',
		why: 'Kamailio 5.6.3 adds a NUL, and has the zero bytes of leading ones at the end; version 6 has neither',
		instead(recorded, value) {
			if (typeof recorded !== 'string') return recorded;
			const zeros = /^1*/.exec(String(value))?.[0].length ?? 0;
			return '\0'.repeat(zeros) + recorded.slice(0, recorded.length - zeros - 1);
		},
	},
	{
		expression: '$(var(s){s.fmtlines,2,$var(p)})',
		value: 'abcabc',
		why: 'with an indent not below the length Kamailio overwrites the text while it reads it',
		instead: (recorded, value) => (String(recorded).length > 50 ? value : recorded),
	},
	{
		expression: '$(var(s){s.replace,,X})',
		value: 'a,b}c',
		why: 'an empty text to look for: Kamailio compares with the comma behind it and fills its whole buffer',
		instead: (_, value) => value,
	},
	{
		expression: '$(var(s){s.replace,$(si{s.strip,2}),x})',
		value: '127.0.0.1',
		why: 'a transformation in the parameter: Kamailio writes the result over the text it looks for',
		instead: () => '12x',
	},
	{
		expression: '$(var(s){re.subst,/a/$nosuch/})',
		why: 'an unknown variable is found out when it is needed, not before',
		instead: (recorded, value) => (String(value).includes('a') ? recorded : value),
	},
];

const used = new Set<Departure>();

function expected(expression: string, recorded: PvValue, value: Input): PvValue {
	const departure = DEPARTURES.find(
		(candidate) =>
			candidate.expression === expression && (candidate.value === undefined || candidate.value === value),
	);
	if (!departure) return recorded;
	const instead = departure.instead(recorded, value);
	if (instead !== recorded) used.add(departure);
	return instead;
}

/** The transformation that an expression is about, to name the test. */
function subject(expression: string): string {
	const [, name = 'syntax'] = /\{([a-z]+\.[a-z0-9.]+)[,}]/.exec(expression) ?? [];
	return standardTransformations.some((transformation) => transformation.name === name) ? name : 'syntax';
}

for (const [name, expressions] of Object.entries(Object.groupBy(Object.keys(RECORDED), subject)))
	test(`${name} gives what Kamailio 5.6.3 gave`, () => {
		for (const expression of expressions ?? [])
			for (const [value, recorded, parameter] of RECORDED[expression] ?? [])
				assert.strictEqual(
					evaluate(expression, value, parameter),
					expected(expression, recorded, value),
					`${expression} of ${JSON.stringify(value)} with ${JSON.stringify(parameter)}`,
				);
	});

test('each departure from the recording is one', () => {
	assert.deepEqual(
		DEPARTURES.filter((departure) => !used.has(departure)),
		[],
	);
});

/** Rows of [transformation, value, result]. */
function table(rows: readonly [step: string, value: Input, result: PvValue, parameter?: Input][]): void {
	for (const [step, value, result, parameter] of rows)
		assert.strictEqual(evaluate(`$(var(s){${step}})`, value, parameter), result, `{${step}} of ${value}`);
}

test('digests and checksums give published test vectors', () => {
	table([
		['s.sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
		['s.sha3', 'abc', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
		['s.sha3,256', 'abc', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
		[
			's.sha3,384',
			'',
			'0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2ac3713831264adb47fb6bd1e058d5f004',
		],
		['s.sha3,$var(p)', 'abc', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532', 256],
		['s.sha3,$var(p)', 'abc', null, 255],
		['s.sha3,224', 'abc', null],
		['s.keccak', '', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
		['s.keccak', 'abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
		[
			's.keccak,384',
			'',
			'2c23146a63a29acf99e73b88f8c24eaa7dc60aa771780ccc006afbfa8fe2479b2dd2b21362337441ac12b515911957ff',
		],
		[
			's.keccak,512',
			'',
			'0eab42de4c3ceb9235fc91acffe746b29c29a8c366b7c60e4e67c466f36a4304c00fa9caf9d87976ba469bcbe06713b435f091ef2769fb160cdab33d3670680e',
		],
		['s.crc32', '123456789', 0xcbf43926],
		['s.crc32', '', 0],
	]);
});

test('Keccak takes messages around the length of a block', () => {
	const lengths = [0, 1, 71, 72, 103, 104, 135, 136, 137, 272, 1000];
	const digests = lengths.map((length) => evaluate('$(var(s){s.keccak})', 'x'.repeat(length)));
	assert.equal(new Set(digests).size, lengths.length);
	assert.equal(digests[1], '7521d1cadbcfa91eec65aa16715b94ffc1c9654ba57ea2ef1a2127bca1127a83');
});

test('single bytes are read by their place', () => {
	table([
		['s.charat,0', 'abc', 'a'],
		['s.charat,2', 'abc', 'c'],
		['s.charat,3', 'abc', ''],
		['s.charat,-1', 'abc', ''],
		['s.charat,$var(p)', 'abc', 'b', 1],
		['s.charat,$var(p)', 'abc', null, '1'],
		['s.byteat,0', 'abc', 97],
		['s.byteat,3', 'abc', -1],
		['s.byteat,-1', 'abc', -1],
		// signed, and so negative, in Kamailio
		['s.byteat,0', '\xff', 255],
	]);
});

test('fields between white space are selected by their index', () => {
	table([
		['s.selectsw,0', 'a b\tc\nd\re', 'a'],
		['s.selectsw,4', 'a b\tc\nd\re', 'e'],
		['s.selectsw,-2', 'a b\tc\nd\re', 'd'],
		['s.selectsw,1', 'a  b', ''],
		['s.selectsw,9', 'a b', ''],
		['s.selectsw,0', '', ''],
		['s.selectsw,1,x', 'a b', null],
	]);
});

test('header bodies are unfolded', () => {
	table([
		['s.rmhdws', 'a\r\n  b\n\tc', 'a b c'],
		['s.rmhdws', 'a \r\n b', 'a  b'],
		['s.rmhdws', 'a\r\n \r\n b', 'a  b'],
		['s.rmhdws', 'a\r\nb', 'ab'],
		['s.rmhdws', 'a  b', 'a  b'],
		['s.rmhlws', 'a,\r\n  b,\n\tc', 'a,b,c'],
		['s.rmhlws', 'a  b \r\n\r\n c', 'a  b c'],
	]);
});

test('line ends are escaped and back', () => {
	table([
		['s.escape.crlf', 'a\r\nb\\n', 'a\\r\\nb\\n'],
		['s.unescape.crlf', 'a\\r\\nb\\\\x\\', 'a\r\nb\\\\x\\'],
		['s.escape.crlf', '', null],
		['s.unescape.crlf', '', null],
	]);
});

test('the part before and behind the last character of a kind', () => {
	// Kamailio reads on behind the text unless it ends in the character
	table([
		['s.rbefore,/', '/a/b/c', '/a/b'],
		['s.rafter,/', '/a/b/c', 'c'],
		['s.rbefore,/', 'abc', 'abc'],
		['s.rafter,/', 'abc', ''],
		['s.rbefore,,', 'a,b', 'a'],
		['s.rafter,$var(p)', 'a.b.c', 'c', '.'],
	]);
});

test('s.intv is s.int; integers go to the limit of JavaScript', () => {
	table([
		['s.intv', '17', 17],
		['s.intv', 17, 17],
		['s.intv', 'x', null],
		['s.int', '9007199254740991', 9007199254740991],
		['s.int', '-9007199254740991', -9007199254740991],
		['s.int', '9007199254740992', null],
		['s.ftime,%Y', '-86400', '1969'],
		['s.ftime,%Y', '99999999999999', null],
	]);
});

test('null can become a value', () => {
	const ofNull = (step: string) => read(ctx, `$(hdr(None){${step}})`);
	assert.strictEqual(ofNull('val.n0'), 0);
	assert.strictEqual(ofNull('val.ne'), '');
	assert.strictEqual(ofNull('val.json'), '');
	assert.strictEqual(ofNull('val.jsonqe'), '""');
	assert.strictEqual(ofNull('num.fdigit'), 0);
	assert.strictEqual(ofNull('num.ldigit'), 0);
	assert.strictEqual(ofNull('val.ne}{s.len'), 0);
	assert.strictEqual(ofNull('s.len}{val.n0'), null);
});

test('values keep their type, and texts become JSON', () => {
	table([
		['val.n0', 'x', 'x'],
		['val.n0', 5, 5],
		['val.ne', 5, 5],
		['val.json', 5, 5],
		['val.json', 'say "a\\b"\n\t\x01\xc3\xa9', 'say \\"a\\\\b\\"\\n\\t\\u0001\xc3\xa9'],
		['val.jsonqe', 5, 5],
		['val.jsonqe', 'a"b', '"a\\"b"'],
		// Kamailio leaves the quotes out where nothing needs an escape, which is no JSON
		['val.jsonqe', 'ab', '"ab"'],
	]);
});

test('the first and last digit of an integer', () => {
	table([
		['num.fdigit', 4711, 4],
		['num.fdigit', -4711, 4],
		['num.ldigit', 4711, 1],
		['num.ldigit', -4719, 9],
		['num.ldigit', 0, 0],
		['num.fdigit', '4711', 0],
		['s.int}{num.fdigit', '4711', 4],
	]);
});

test('re.subst in a text longer than Kamailio takes', () => {
	const long = 'foo bar '.repeat(2000);
	assert.equal(evaluate('$(var(s){re.subst,/\\<f/F/g})', long), long.replaceAll('f', 'F'));
	assert.equal(evaluate('$(var(s){re.subst,/o/\\u/})', 'o'), '/');
	assert.equal(evaluate('$(var(s){re.subst,/b/x/g})', 'ab\0ab'), 'ax');
	assert.equal(evaluate('$(var(s){re.subst,/z/x/g})', 'ab\0ab'), 'ab\0ab');
});

test('a separator other than the default may be a comma or a > (Kamailio 6)', () => {
	assert.equal(evaluate('$(var(s){param.count,$var(p)})', 'a=1,b=2', ','), 2);
	assert.equal(evaluate('$(var(s){param.value,b,>})', 'a=1 >b=2'), '2');
});

test('values do not grow without end', () => {
	const step = '{s.escape.csv}{s.replace,",""}';
	for (const [chain, value] of [
		[step.repeat(40), '""""'],
		['{s.replace,x,$var(p)}', 'x'.repeat(10_000)],
		['{s.rm,y}{s.fmtlines,5000,$var(p)}', 'z'.repeat(6000)],
		['{re.subst,/x/$var(p)/g}', 'x'.repeat(10_000)],
		['{s.prefixes}', 'x'.repeat(400)],
		['{s.prefixes.quoted}', 'x'.repeat(400)],
		['{s.encode.base58}', 'x'.repeat(50_000)],
		['{s.decode.base58}', 'x'.repeat(70_000)],
	] as const) {
		world.takeComplaints();
		const parameter = chain.includes('fmtlines') ? 5000 : 'y'.repeat(5000);
		assert.equal(evaluate(`$(var(s)${chain})`, value, parameter), null, chain);
		assert.match(world.takeComplaints().join('\n'), /more than|too (many|long)|no base 58/, chain);
	}
});

test('hostile values take time in proportion to their length', () => {
	const length = 1 << 18;
	const started = performance.now();
	for (const [chain, value] of [
		['s.rtrim', `${' '.repeat(length)}x`],
		['s.trim', `${' '.repeat(length)}x${' '.repeat(length)}x`],
		['s.rmhdws', '\r\n '.repeat(length)],
		['s.unescape.param', '%41'.repeat(length)],
		['param.count', 'a=1;'.repeat(length)],
		['line.at,-100000', 'a\n'.repeat(length)],
		['s.numeric', 'x'.repeat(length)],
		['re.subst,/(x+x+)+y/z/', 'x'.repeat(length)],
	] as const)
		evaluate(`$(var(s){${chain}})`, value);
	assert.ok(performance.now() - started < 3000);
});

test('a failing step says why, and which one it was', () => {
	world.takeComplaints();
	evaluate('$(var(s){s.toupper}{s.substr,9,1})', 'abc');
	assert.match(world.takeComplaints().join('\n'), /s\.substr.*offset 9 is outside of the 3 bytes/);
});

test('errors of syntax point at the place', () => {
	const column = (source: string): number => {
		const found = world.host.variables.variable(source);
		assert.ok(found instanceof PvSyntaxError, source);
		return found.column;
	};
	assert.equal(column('$(si{s.nosuch})'), 5);
	assert.equal(column('$(si{s.strip})'), 5);
	assert.equal(column('$(si{s.replace,a\tb,c})'), 17);
	assert.equal(column('$(si{s.strip,$nosuch})'), 14);
	assert.equal(column('$(si{s.strip, $(var(x){s.nosuch})})'), 23);
	assert.equal(column('$(si{re.subst,/a/b/x})'), 19);
});

test('each transformation is described in one line, and no two have the same name', () => {
	const names = standardTransformations.map((transformation) => transformation.name);
	assert.equal(new Set(names).size, names.length);
	for (const { name, doc } of standardTransformations) {
		assert.match(name, /^[a-z]+\.[a-z0-9.]+$/);
		assert.match(doc, /^[^\n]+[.\\"]$/);
	}
});
