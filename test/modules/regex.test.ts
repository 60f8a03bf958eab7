/** KSR.regex. Unless a title says otherwise, the values were recorded from Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { KemihostError } from '../../src/errors.ts';
import { complains, gives, take, World } from '../support/context.ts';

const match = (text: string, expression: string, expected: number) =>
	(expected === -4 ? complains : gives)('regex.pcre_match', text, expression)(expected);

test('expressions are read in the syntax of Perl', () => {
	const rows: [string, string, number][] = [
		['abc', 'b', 1],
		['abc', '', 1],
		['ABC', 'abc', -1],
		['ABC', '(?i)abc', 1],
		['aBc', 'a(?i:b)c', 1],
		['aBC', 'a(?i:b)c', -1],
		['aD', '(a(?i)b|c)D', -1],
		['CD', '(a(?i)b|c)D', 1],
		['a1', '^\\w\\d$', 1],
		['a\x0bb', 'a\\sb', 1],
		['a\xa0b', 'a\\hb', 1],
		['a\r\nb', 'a\\Rb', 1],
		['a\nb', 'a.b', -1],
		['a\nb', '(?s)a.b', 1],
		['a\nb', '^b', -1],
		['a\nb', '(?m)^b', 1],
		['a\n', 'a$', 1],
		['a\n', 'a\\z', -1],
		['a\n\n', 'a$', -1],
		['a{x', 'a{x', 1],
		['a{,2}', 'a{,2}', 1],
		['aaa', '^a{2}$', -1],
		['aaa', '^a+?$', 1],
		['ab', 'a(?#note)b', 1],
		['ab', '(?x) a b # note', 1],
		['a b', '(?x)a[ ]b', 1],
		['a.c', '^\\Qa.c\\E$', 1],
		['abb', '^\\Qab\\E+$', 1],
		['A\x01', '\\x41\\cA', 1],
		['A', '\\101', 1],
		[']-', '^[]-]+$', 1],
		['7-', '^[\\d-]+$', 1],
		['b1', '[[:alpha:]][[:^alpha:]]', 1],
		['foobar', '(?<=foo)bar', 1],
		['foobar', '(?<!foo)bar', -1],
		['\xc9', '(?i)\xe9', -1],
		['a\0b', 'a.b', 1],
		['y', '\\y', 1],
	];
	take(rows.map((row) => match(...row)));
});

test('wrong expressions are refused with -4', () => {
	const wrong = [
		'(',
		'a)',
		'[',
		'*',
		'a**',
		'{2}',
		'a{2,1}',
		'a{70000}',
		'\\',
		'[z-a]',
		'[a-\\d]',
		'[[:nope:]]',
	];
	take(
		[...wrong, '\\400', '\\x{100}', '\\c', '(?z)', '(?<n', '\\1'].map((source) => match('abc', source, -4)),
	);
});

test('what cannot be matched in linear time is refused, other than by Kamailio', () => {
	const refused = ['(?=a)', '(?!x)', '(a)\\1', '(?P<n>a)(?P=n)', '(?>a)', 'a++', '(?R)', '(?(1)a)', '\\p{L}'];
	take(refused.map((source) => match('aa', source, -4)));
});

test('an expression that PCRE takes for ever for', { timeout: 5000 }, () => {
	take([match('a'.repeat(50_000), '^(a+)+$x?b', -1), match('a'.repeat(50_000), '(a|aa)+$', 1)]);
});

test('groups of expressions in a file', (t) => {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-regex-'));
	t.after(() => rmSync(folder, { recursive: true }));
	const file = (text: string): string => {
		const path = join(folder, 'groups.txt');
		writeFileSync(path, text);
		return path;
	};
	const param = (name: string, value: string | number) => ({ module: 'regex', name, value });
	const group = (text: string, index: number, expected: number) =>
		(expected < -1 ? complains : gives)('regex.pcre_match_group', text, index)(expected);

	const text = '# note\n\n[0]\n^abc\nxyz$\n\n skipped\n[1]\n[2]\n(a|b)c\n^\\d+$\n[last]\nfoo bar\n';
	take(
		[
			group('ABCD', 0, 1),
			group('xyz!', 0, -1),
			group('skipped', 0, -1),
			group('', 1, 1),
			group('x', 1, -1),
			group('bC', 2, 1),
			group('12', 2, 1),
			group('foo bar', 3, 1),
			group('x', 4, -4),
			group('x', -1, -4),
			match('ABC', '^abc', 1),
		],
		{},
		{ modparams: [param('file', file(text)), param('pcre_caseless', 1)] },
	);
	take([group('abc', 0, -2), match('ABC', '^abc', -1)], {}, { modparams: [param('pcre_caseless', 1)] });

	const wrong: [text: string, why: RegExp][] = [
		['abc\n', /first line/],
		['# nothing\n', /no groups/],
		['[0]\n(\n', /not closed/],
		['[0]\n'.repeat(21), /max_groups/],
		[`[0]\n${'a'.repeat(9000)}\n`, /group_max_size/],
	];
	for (const [source, why] of wrong)
		assert.throws(
			() => new World({ modparams: [param('file', file(source))] }),
			(error) => {
				return error instanceof KemihostError && why.test(error.message);
			},
		);
	assert.throws(() => new World({ modparams: [param('file', join(folder, 'none'))] }), /ENOENT/);
});
