/** KSR.textopsx. Unless a title says otherwise, the values were recorded from Kamailio 5.6.3. */
import { test } from 'node:test';
import type { RequestInit } from '../../src/http/request.ts';
import { complains, fails, gives, is, type Step, take } from '../support/context.ts';

test('patterns of file names match whole texts', () => {
	const rows: [text: string, pattern: string, matches: boolean][] = [
		['index.html', '*.html', true],
		['index.xml', '*.html', false],
		['', '', true],
		['', '*', true],
		['', '?', false],
		['a/b', '*', true],
		['.x', '?x', true],
		['axxbxxc', 'a*b*c', true],
		['axxbxxcd', 'a*b*c', false],
		['b', '[a-c]', true],
		['d', '[!a-c]', true],
		['d', '[^a-c]', true],
		[']', '[]a]', true],
		['-', '[a-]', true],
		['b', '[a\\]b]', true],
		['b', '[c-a]', false],
		['7', '[[:digit:]x]', true],
		['7', '[[:nope:]]', false],
		['a', '[[.a.]]', true],
		['b', '[[=a=]-c]', true],
		['*', '\\*', true],
		['x', '\\*', false],
		['[', '[', true],
		['[a', '[a', true],
		['a\\', 'a\\', false],
		['A', '[a-z]', false],
		['\xe9', '[\xe0-\xef]', true],
		['a\0b', 'a', true],
	];
	take(
		rows.flatMap(([text, pattern, matches]) => [
			gives('textopsx.fnmatch', text, pattern)(matches ? 0 : -1),
			gives('textopsx.fnmatch_ex', text, pattern, '')(matches ? 0 : -1),
		]),
	);
	take([gives('textopsx.fnmatch_ex', 'A', 'a', 'i')(-1)]);
	const much = 'a'.repeat(10_000);
	take([gives('textopsx.fnmatch', much, '*a*a*a*a*a*a*b')(-1)]);
});

const HEADERS: RequestInit = {
	headers: [
		['X-A', '1'],
		['x-b', '2'],
	],
};

/** Steps of an iterator: what the function gives, and the name or the line it stands at then. */
function walk(kind: 'hf' | 'bl', table: [name: string, expected: number, at: string | null][]): Step[] {
	const getter = kind === 'hf' ? 'hname' : 'value';
	return table.flatMap(([name, expected, at]) => [
		gives(`textopsx.${kind}_iterator_${name}`, 'i')(expected),
		gives(`textopsx.${kind}_iterator_${getter}`, 'i')(at),
	]);
}

test('an iterator walks over the header fields in their order', () => {
	take(
		walk('hf', [
			['start', 1, null],
			['next', 1, 'Via'],
			['next', 1, 'X-A'],
			['next', 1, 'x-b'],
			['prev', 1, 'X-A'],
			['prev', 1, null],
			['prev', 1, null],
			['rm', -1, null],
			['next', 1, 'Via'],
			['rm', 1, 'Via'],
			['next', 1, 'X-A'],
			['prev', 1, 'Via'],
			['next', 1, 'X-A'],
			['next', 1, 'x-b'],
			['next', -1, null],
			['next', -1, null],
			['prev', -1, null],
			['end', 1, null],
			['next', 1, 'Via'],
		]),
		HEADERS,
	);
	take(
		[
			gives('textopsx.hf_iterator_start', 'i')(1),
			is('$hfitname(i)', null),
			...Array.from({ length: 3 }, () => gives('textopsx.hf_iterator_next', 'i')(1)),
			is('$hfitname(i)', 'x-b'),
			is('$hfitbody(i)', '2'),
			gives('textopsx.hf_iterator_hbody', 'i')('2'),
			gives('textopsx.hf_iterator_append', 'i', 'X: y\r\n')(1),
			gives('textopsx.hf_iterator_insert', 'i', 'X: y\r\n')(1),
			fails('$hfitname(none)'),
			complains('textopsx.hf_iterator_next', 'none')(-1),
			complains('textopsx.hf_iterator_hname', 'none')(null),
			complains('textopsx.hf_iterator_start', 'n'.repeat(32))(-1),
			gives('textopsx.hf_iterator_start', 'n'.repeat(31))(1),
			gives('textopsx.hf_iterator_start', '3')(1),
			gives('textopsx.hf_iterator_start', '4')(1),
			complains('textopsx.hf_iterator_start', '5')(-1),
			gives('textopsx.hf_iterator_start', 'i')(1),
		],
		HEADERS,
	);
});

test('iterators end with their request, other than in Kamailio', () => {
	take([gives('textopsx.hf_iterator_start', 'i')(1), gives('textopsx.bl_iterator_start', 'b')(1)], HEADERS);
	take(
		[complains('textopsx.hf_iterator_hname', 'i')(null), complains('textopsx.bl_iterator_next', 'b')(-1)],
		HEADERS,
	);
});

test('walking over lines; the last one has no byte more than there is, other than in Kamailio', () => {
	take(
		[
			...walk('bl', [
				['start', 1, null],
				['rm', -1, null],
				['next', 1, 'one\r\n'],
				['rm', 1, 'one\r\n'],
				['next', 1, '\n'],
				['next', 1, 'last'],
			]),
			is('$blitval(i)', 'last'),
			gives('textopsx.bl_iterator_append', 'i', 'x')(1),
			...walk('bl', [
				['next', -1, null],
				['next', -1, null],
				['start', 1, null],
				['next', 1, 'one\r\n'],
				['end', 1, null],
				['next', -1, null],
			]),
			gives('textopsx.bl_iterator_insert', 'i', 'x')(-1),
			fails('$blitval(none)'),
		],
		{ method: 'POST', body: Buffer.from('one\r\n\nlast') },
	);
	take(
		walk('bl', [
			['start', 1, null],
			['next', -1, null],
		]),
	);
});

test('single values of header fields are found and changed', () => {
	const request: RequestInit = {
		headers: [
			['Accept', 'text/html, application/json;q=0.5 ,*/*'],
			['X-Q', '"a,b", <sip:u@h;z=1>;t=2;p="x;y"'],
			['Accept', 'image/png,'],
			['WWW-Authenticate', 'Digest realm="r", nonce=n1'],
		],
	};
	const call = (name: string, table: [...string[], number][]): Step[] =>
		table.map((row) => gives(`textopsx.${name}`, ...row.slice(0, -1))(row.at(-1)));
	take(
		[
			...call('hf_value_exists', [
				['accept', 'TEXT/HTML', 1],
				['Accept', 'application/json', -1],
				['Accept', 'application/json;q=0.5', 1],
				['Accept', 'image/png', 1],
				['X-Q', '"a,b"', 1],
				['X-Q', 'a', -1],
				['Accept[1]', 'text/html', -1],
				['X-Method', '$rm', -1],
			]),
			...call('include_hf_value', [['Accept', 'x', 1]]),
			...call('exclude_hf_value', [['Accept', 'x', 1]]),
			...call('append_hf_value', [
				['Accept[9]', 'x', 1],
				['Accept[*]', 'x', -1],
			]),
			...call('insert_hf_value', [
				['Accept[4]', 'x', 1],
				['Accept[5]', 'x', -1],
				['Accept[-4]', 'x', 1],
				['X-None', 'x', 1],
			]),
			...call('remove_hf_value', [
				['Accept[4]', 1],
				['Accept[5]', -1],
				['Accept[2].Q', 1],
				['Accept[1].q', -1],
				['Accept[*].q', 1],
				['X-Q[2].t', 1],
				['X-Q[2].z', -1],
				['X-Q[2].y', -1],
			]),
			...call('assign_hf_value', [
				['Accept[1].q', '1', 1],
				['Accept[1].q', '', -1],
				['Accept[*]', 'x', -1],
			]),
			...call('remove_hf_value2', [
				['WWW-Authenticate.REALM', '', 1],
				['WWW-Authenticate.none', '', -1],
				['WWW-Authenticate.none', 'x', 1],
			]),
			...call('assign_hf_value2', [['X-None.a', 'x', -1]]),
			complains('textopsx.remove_hf_value', 'Accept[x]')(-1),
			complains('textopsx.hf_value_exists', 'Accept', '$nosuch')(-1),
			gives('textopsx.remove_body')(1),
			gives('textopsx.keep_hf')(-1),
			gives('textopsx.keep_hf_re', 'x')(-1),
			complains('textopsx.keep_hf_re', '(')(-1),
			complains('textopsx.msg_apply_changes')(-1),
			complains('textopsx.msg_set_buffer', 'x')(-1),
		],
		request,
	);
});

test('values with which Kamailio crashes or never comes back', () => {
	take(
		[
			gives('textopsx.hf_value_exists', 'Accept', '')(-1),
			gives('textopsx.include_hf_value', 'Accept', '')(-1),
			gives('textopsx.remove_hf_value2', 'Authorization.realm', '')(-1),
		],
		{
			headers: [
				['Accept', 'x'],
				['Authorization', 'Bearer a.b/c'],
			],
		},
	);
});
