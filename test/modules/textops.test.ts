/** KSR.textops. Unless a title says otherwise, the values were recorded from Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestInit } from '../../src/http/request.ts';
import { complains, gives, is, type Step, set, take } from '../support/context.ts';

const REQUEST: RequestInit = {
	method: 'POST',
	target: '/path',
	headers: [
		['X-A', 'One'],
		['X-B', 'two'],
		['X-A', 'Three'],
		['X-Empty', ''],
		['Privacy', 'id; Header'],
		['Content-Length', '24'],
	],
	body: Buffer.from('first line\r\nsecond line!'),
};

/** Calls of a function of textops, with what each gives; -1 and -2 may come with a line in the log. */
function rows(
	name: string,
	table: readonly (readonly [...(string | number)[], number])[],
	quiet = true,
): Step[] {
	return table.map((row) => {
		const call = quiet ? gives : complains;
		return call(`textops.${name}`, ...row.slice(0, -1))(row.at(-1));
	});
}

test('texts compare as equal, greater or smaller', () => {
	take([
		...rows('cmp_str', [
			['abc', 'abc', 1],
			['abc', 'ABC', -1],
			['ABC', 'abc', -2],
			['abc', 'ab', -1],
			['ab', 'abc', -2],
			['', 'a', -2],
			['', '', 1],
			['\xc3', '\x7f', -1],
		]),
		...rows('cmp_istr', [
			['abc', 'ABC', 1],
			['abd', 'ABC', -1],
			['\xc3\x89', '\xe3\x89', -2],
		]),
		...rows('starts_with', [
			['abc', 'ab', 1],
			['abc', 'b', -2],
			['bbc', 'a', -1],
			['a', 'abc', -1],
			['abc', '', 1],
		]),
		...rows('ends_with', [
			['abc', 'bc', 1],
			['abc', 'bd', -2],
			['abc', 'bb', -1],
			['a', 'abc', -1],
			['', '', 1],
		]),
		...rows('str_find', [
			['hello', 'l', 3],
			['hello', 'L', -1],
			['hello', '', 6],
			['', '', 1],
			['', 'a', -1],
		]),
		...rows('str_ifind', [
			['hello', 'LO', 4],
			['hello', '', 1],
			['\xe3', '\xc3', -1],
		]),
	]);
});

test('texts with NUL bytes are compared whole, which C does not', () => {
	take([
		gives('textops.cmp_str', 'a\0b', 'a\0c')(-2),
		gives('textops.starts_with', 'a\0bc', 'a\0c')(-2),
		gives('textops.str_find', 'a\0b', 'b')(3),
	]);
});

test('sets of bytes, which newer versions of Kamailio have', () => {
	take([
		...rows('str_any_in', [
			['hello', 'xyzl', 1],
			['hello', 'xyz', -1],
			['', 'x', -1],
			['x', '', -1],
		]),
		...rows('str_all_in', [
			['hello', 'loh', 1],
			['hello', 'lox', -1],
			['', 'x', -1],
			['x', '', -1],
		]),
	]);
});

test('an item is found in a list with blanks around its items, in the same case only', () => {
	take([
		...rows('in_list', [
			['b', ' a ,\tb\n,c', ',', 1],
			['B', 'a,b', ',', -1],
			[' b', 'a, b', ',', -1],
			['b', 'a;b', ',', -1],
			['b', 'a b', ' ', 1],
			['b', 'a,b', ',;', 1],
			['', 'a,,b', ',', -1],
			['b', 'b', '', -1],
			['b', '', ',', -1],
		]),
		...rows('in_list_prefix', [
			['bcd', 'a,bc', ',', 1],
			['ab', 'abc,b', ',', -1],
			['ab', ',', ',', -1],
		]),
	]);
});

test('regular expressions match in texts whatever the case, and at each line', () => {
	take([
		...rows('search_str', [
			['abc123', '[0-9]+$', 1],
			['ABC', 'abc', 1],
			['one\ntwo', '^TWO', 1],
			['one\ntwo', 'one.two', -1],
			['abc', '', 2],
			['', 'abc', -2],
			['a\0b', 'b', -1],
		]),
		...rows('search_str', [['abc', '(', -2]], false),
		set('$var(r)', '-'),
		gives('textops.regex_substring', 'id=42', '([a-z]+)=([0-9]+)', 2, 3, '$var(r)')(1),
		is('$var(r)', '42'),
		gives('textops.regex_substring', 'id=42', '^id', 0, 1, '$var(r)')(-2),
		gives('textops.regex_substring', 'ID', 'id', 0, 1, '$var(r)')(-2),
		gives('textops.regex_substring', 'a\nb', 'a.b', 0, 1, '$var(r)')(1),
		is('$var(r)', 'a\nb'),
		complains('textops.regex_substring', 'abc', 'x*', 0, 1, '$var(r)')(-1),
		complains('textops.regex_substring', 'abc', '(b)', 1, 1, '$var(r)')(-1),
		complains('textops.regex_substring', 'abc', 'b', 5, 9, '$var(r)')(-1),
		complains('textops.regex_substring', 'abc', '(', 0, 1, '$var(r)')(-1),
		complains('textops.regex_substring', 'abc', 'b', 0, 1, '$si')(-1),
		complains('textops.regex_substring', 'abc', 'b', 0, 1, 'r')(-1),
	]);
});

test('a negative group, with which Kamailio reads out of bounds', () => {
	take([complains('textops.regex_substring', 'abc', 'b', -1, 1, '$var(r)')(-1)]);
});

test('regular expressions in the request', () => {
	take(
		[
			...rows('search', [
				['^post /path', 1],
				['^x-b: TWO', 1],
				['^second', 1],
				['nowhere', -1],
				['', 1],
			]),
			...rows('search_body', [
				['SECOND', 1],
				['x-b', -1],
				['', 1],
			]),
			...rows('search_hf', [
				['X-A', 'three', 'a', 1],
				['x-a', 'three', 'f', -1],
				['X-A', 'three', 'l', 1],
				['X-Empty', '^$', 'a', 1],
				['X-None', '.', 'a', -1],
				['X-A', '', 'a', -1],
				['', 'one', 'a', -1],
			]),
			...rows('is_present_hf_re', [
				['^x-', 1],
				['^VIA$', 1],
				['none', -1],
				['', 1],
			]),
			...rows('search', [['(', -1]], false),
			...rows('search_hf', [[':', 'one', 'a', -1]], false),
			...rows('is_present_hf', [
				['x-a', 1],
				['l', 1],
				['Via', 1],
				['X-None', -1],
				['', -1],
			]),
		],
		REQUEST,
	);
	take([gives('textops.search_body', 'x')(-1), gives('textops.search_body', '')(1)]);
});

test('is_privacy finds one kind among several, whatever their case', () => {
	const privacy = (value: string, kind: string, expected: number, call = gives) =>
		take([call('textops.is_privacy', kind)(expected)], { headers: [['Privacy', value]] });
	privacy('id; Header', 'HEADER', 1);
	privacy('id', 'user', -1);
	privacy('none', 'none', 1);
	privacy('id', 'wrong', -1, complains);
	privacy('id;', 'id', -1, complains);
	privacy('none;id', 'id', -1, complains);
	take([gives('textops.is_privacy', 'id')(-1)]);
});

test('edits give what they find, and change nothing', () => {
	take(
		[
			...['replace', 'replace_body', 'replace_all', 'replace_body_all', 'replace_body_atonce'].flatMap(
				(name) =>
					rows(name, [
						['second', 'x', 1],
						['nowhere', 'x', -1],
					]),
			),
			...rows('replace_hdrs', [
				['x-b', 'x', 1],
				['second', 'x', -1],
			]),
			...rows('search_append', [['x-b', 'x', 1]]),
			...rows('search_append_body', [['x-b', 'x', -1]]),
			...rows('replace', [['z*', 'x', 1]]),
			...rows('replace_all', [['z*', 'x', -1]], false),
			...rows('replace_str', [['nowhere', 'x', 'a', 1]]),
			...rows('subst', [
				['/second/2nd/', 1],
				['/SECOND/2nd/', -1],
				['/SECOND/2nd/gi', 1],
				['/line!$/$rm/', 1],
				['', -1],
			]),
			...rows(
				'subst',
				[
					['/z*/x/g', -1],
					['/a', -1],
					['/a/b/q', -1],
					['/(/x/', -1],
					['/line/$nosuch/', -1],
				],
				false,
			),
			...rows('subst_body', [['/x-b/y/', -1]]),
			...rows('subst_hf', [
				['X-A', '/T/t/', 'f', -1],
				['X-A', '/T/t/', 'l', 1],
				['X-A', '/e/x/', 'a', 1],
			]),
			...rows('remove_hf', [['X-None', 1]]),
			...rows('remove_hf', [['X A', -1]], false),
			...rows('remove_hf_idx', [
				['X-A', 1, 1],
				['X-A', 2, 2],
				['X-A', -9, 1],
			]),
			...rows('remove_hf_re', [['^x-a', 1]]),
			...rows('remove_hf_exp', [
				['^x-', 'a$', 1],
				['^x-a', '^x', -1],
			]),
			...rows('remove_hf_match', [
				['X-A', 'EQ', 'One', 1],
				['X-A', 'in', '', -2],
				['X-A', 're', '^t', 1],
				['X-B', 'ne', 'two', -2],
			]),
			...rows('remove_hf_match', [['X-A', 'xx', 'One', -1]], false),
			...rows('set_body', [['new', 'text/plain', 1]]),
			...rows('set_body', [['', 'text/plain', -1]], false),
			is('$rb', 'first line\r\nsecond line!'),
			is('$hdr(X-B)', 'two'),
		],
		REQUEST,
	);
	take([
		...rows('replace_body', [['x', 'y', -1]]),
		...rows('replace_body_str', [['x', 'y', 'a', -1]]),
		...rows('subst_body', [['/x/y/', -1]]),
	]);
});

test('a substitution into a variable, which newer versions of Kamailio have', () => {
	take([
		gives('textops.subst_v', 'a1b2', '/[0-9]/<\\0>/g', '$var(s)')(1),
		is('$var(s)', 'a<1>b<2>'),
		gives('textops.subst_v', 'abc', '/x/y/', '$var(s)')(-1),
		is('$var(s)', 'a<1>b<2>'),
		complains('textops.subst_v', 'abc', '/x', '$var(s)')(-1),
		complains('textops.subst_v', 'abc', '/b/y/', '$si')(-1),
	]);
});

const PARTS =
	'--b1\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b1\r\nContent-Type: application/json\r\nX: y\r\n\r\n{}\r\n--b1--\r\n';

const withBody = (type: string | undefined, body: string): RequestInit => ({
	method: 'POST',
	headers: [
		...(type === undefined ? [] : [['Content-Type', type] as const]),
		['Content-Length', String(body.length)] as const,
	],
	body: Buffer.from(body, 'latin1'),
});

test('parts of a multipart body are read, and removed', () => {
	const steps: Step[] = [
		gives('textops.get_body_part', 'TEXT/plain', '$var(p)')(1),
		is('$var(p)', '\r\nhello\r\n'),
		gives('textops.get_body_part_raw', 'application/json', '$var(p)')(1),
		is('$var(p)', 'Content-Type: application/json\r\nX: y\r\n\r\n{}\r\n--b1--\r\n'),
		gives('textops.get_body_part', 'image/png', '$var(p)')(-1),
		complains('textops.get_body_part', 'text', '$var(p)')(-1),
		gives('textops.remove_body_part', 'text/plain')(1),
		gives('textops.remove_body_part', 'image/png')(-1),
		gives('textops.filter_body', 'text/plain')(1),
	];
	take(steps, withBody('multipart/mixed; boundary=b1', PARTS));
	take(steps, withBody('multipart/mixed; x=y; boundary="b1"', PARTS));
	take(
		[
			gives('textops.append_body_part', 'x', 'text/plain')(1),
			complains('textops.append_body_part', '', 'text/plain')(-1),
			gives('textops.append_body_part_hex', '6d 6F', 'text/plain')(1),
			complains('textops.append_body_part_hex_cd', '6', 'text/plain', 'inline')(-1),
			gives('textops.set_body_multipart_mode')(1),
			gives('textops.set_body_multipart', 'x', '', '')(1),
			complains('textops.set_body_multipart', 'x', '', '-b')(-1),
		],
		withBody('multipart/mixed; boundary=b1', PARTS),
	);
	take(
		[complains('textops.append_body_part', 'x', 'text/plain')(-1)],
		withBody('multipart/mixed; boundary=--b1', PARTS),
	);
	take(
		[
			gives('textops.get_body_part', 'text/plain', '$var(p)')(1),
			is('$var(p)', 'plain'),
			complains('textops.remove_body_part', 'text/plain')(-1),
			complains('textops.filter_body', 'text/plain')(-1),
			gives('textops.set_body_multipart_boundary', 'b'.repeat(80))(1),
			complains('textops.set_body_multipart_boundary', 'b'.repeat(90))(-1),
		],
		withBody('text/plain', 'plain'),
	);
});

test('parts of a body without a Content-Type, where Kamailio crashes', () => {
	take(
		[
			gives('textops.get_body_part', 'text/plain', '$var(p)')(1),
			is('$var(p)', PARTS),
			complains('textops.remove_body_part', 'text/plain')(-1),
			complains('textops.append_body_part', 'x', 'text/plain')(-1),
			complains('textops.get_body_part', 'text/plain', '$si')(-1),
		],
		withBody(undefined, PARTS),
	);
});

test('has_body_type compares media types as SIP knows them', () => {
	const types = (content: string | undefined, table: [string, number][], call = gives) =>
		take(
			table.map(([type, expected]) => call('textops.has_body_type', type)(expected)),
			withBody(content, 'x'),
		);
	types('application/json', [
		['', 1],
		['application/json', 1],
		['application/xml', 1],
		['application/sdp', -1],
		['text/plain', -1],
		['image/png', -1],
	]);
	types('Text/Plain; charset=utf-8', [
		[' text / plain;a=b', 1],
		['text/*', -1],
		['text/html', -1],
	]);
	types('image/png', [['video/mp4', 1]]);
	types(undefined, [['application/sdp', 1]]);
	types('nonsense', [['text/plain', -1]], complains);
	types(
		'text/plain',
		[
			['*/plain', -1],
			['text', -1],
			['text/plain, text/html', -1],
		],
		complains,
	);
	take([gives('textops.has_body')(1)], withBody('text/plain', 'x'));
	take(
		[gives('textops.has_body')(-1), gives('textops.has_body_type', 'text/plain')(-1)],
		withBody('text/plain', ''),
	);
	take([gives('textops.has_body')(-1)], { method: 'POST', body: Buffer.from('in chunks') });
});

test('is_audio_on_hold reads a session description', () => {
	const sdp = (media: string, address = '10.0.0.1') =>
		`v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 ${address}\r\nt=0 0\r\n${media}`;
	const hold = (body: string, expected: number, type = 'application/sdp') =>
		take([gives('textops.is_audio_on_hold')(expected)], withBody(type, body));
	const audio = 'm=audio 4000 RTP/AVP 0\r\n';
	hold(sdp(audio), -1);
	hold(sdp(`${audio}a=sendonly\r\n`), 2);
	hold(sdp(`${audio}a=inactive\r\na=sendrecv\r\n`), 2);
	hold(sdp(audio, '0.0.0.0'), 1);
	hold(sdp(`${audio}c=IN IP4 10.0.0.2\r\n`, '0.0.0.0'), -1);
	hold(sdp(`a=sendonly\r\n${audio}`), 2);
	hold(sdp('m=video 4000 RTP/AVP 0\r\na=sendonly\r\n'), -1);
	hold(sdp('m=audio 9 RTP/AVP 0\r\na=ice-options:trickle\r\n', '0.0.0.0'), -1);
	hold('nonsense', -1);
	hold(sdp(`${audio}a=sendonly\r\n`), -1, 'text/plain');
	const part = `--b\r\nContent-Type: application/sdp\r\n\r\n${sdp(`${audio}a=sendonly\r\n`)}--b--\r\n`;
	hold(part, 2, 'multipart/mixed; boundary=b');
});

test('the body of a reply, set ahead of it', () => {
	take([
		complains('textops.set_reply_body', '', 'text/plain')(-1),
		complains('textops.set_reply_body', 'x', '')(-1),
		complains('textops.set_reply_body', 'x', 'a\r\nX: y')(-1),
		gives('textops.set_reply_body', 'x', 'text/plain')(1),
		complains('textops.set_reply_body', 'y', 'text/plain')(-1),
		complains('xhttp.xhttp_reply', 200, 'OK', 'text/html', 'z')(-1),
		gives('sl.send_reply', 202, 'Accepted')(1),
		(_world, ctx) => assert.deepEqual([ctx.reply.final?.status, ctx.reply.final?.body], [202, 'x']),
	]);
	take([
		gives('textops.set_reply_body_hex', '61 62', 'text/plain')(1),
		gives('xhttp.xhttp_reply', 200, 'OK', '', '')(0),
		(_world, ctx) => assert.deepEqual(ctx.reply.final?.headers, 'Content-Type: text/plain\r\n'),
		(_world, ctx) => assert.equal(ctx.reply.final?.body, 'ab'),
	]);
});

test('large bodies take time in proportion to their size', { timeout: 10_000 }, () => {
	const size = 1 << 20;
	const large = (body: string, ...steps: Step[]) => take(steps, withBody('application/sdp', body));
	large(
		'a'.repeat(size),
		gives('textops.search_body', '(a|aa)+b')(-1),
		gives('textops.replace_body_all', 'a', 'b')(1),
	);
	large('o=\n'.repeat(size / 3), gives('textops.is_audio_on_hold')(-1));
	large(`v=0\no=- 1 1 IN IP4 1.1.1.1\n${'m=a\n'.repeat(size / 4)}`, gives('textops.is_audio_on_hold')(-1));
	large(`v=0\no=${' '.repeat(size)}`, gives('textops.is_audio_on_hold')(-1));
	large(`${' '.repeat(size)}x`, gives('textops.in_list', 'x', `${' '.repeat(size)}x y,`, ',')(-1));
	large('c:x\r\n'.repeat(size / 5), gives('textops.get_body_part', 'c:y', '$var(p)')(1));
});
