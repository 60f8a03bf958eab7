/** KSR.siputils. Unless a title says otherwise, the values were recorded from Kamailio 5.6.3. */
import { test } from 'node:test';
import { gives, take } from '../support/context.ts';

test('digits, letters, telephone numbers', () => {
	const rows: [text: string, numeric: number, alphanum: number, telephone: number][] = [
		['123', 1, 1, 1],
		['0123', 1, 1, 1],
		['12a', -2, 1, -2],
		['aZ9', -2, 1, -2],
		['+123', -2, -3, 1],
		['+0123', -2, -3, -2],
		['+', -2, -3, -2],
		['+1a', -2, -3, -2],
		['-1', -2, -3, -2],
		['1 ', -2, -3, -2],
		['a_b', -2, -3, -2],
		['\xe9', -2, -3, -2],
		['', -2, -2, -2],
	];
	take(
		rows.flatMap(([text, numeric, alphanum, telephone]) => [
			gives('siputils.is_numeric', text)(numeric),
			gives('siputils.is_alphanum', text)(alphanum),
			gives('siputils.is_tel_number', text)(telephone),
		]),
	);
	take([
		gives('siputils.is_alphanumex', 'a-b.c', '-.')(1),
		gives('siputils.is_alphanumex', 'a-b.c', '-')(-3),
		gives('siputils.is_alphanumex', 'a-b', '')(-3),
		gives('siputils.is_alphanumex', 'ab', '')(1),
		gives('siputils.is_alphanumex', '', '-')(-2),
	]);
});

test('is_uri accepts URIs of SIP, and no others', () => {
	take([
		...['sip:a', 'sip:a@b:5060;transport=tcp?h=1', 'SIPS:a@[::1]', 'tel:+431', 'urn:service:sos'].map(
			(text) => gives('siputils.is_uri', text)(1),
		),
		...['', 'http://a/', '/path', 'sip:', 'sip:@b', 'sip:a@b:99999', 'mailto:a@b'].map((text) =>
			gives('siputils.is_uri', text)(-1),
		),
	]);
});

test('the kind of the message, and the tag of To', () => {
	const withTo = (value: string) => ({ headers: [['To', value]] as const });
	take([gives('siputils.is_request')(1), gives('siputils.is_reply')(-1), gives('siputils.has_totag')(-1)]);
	take([gives('siputils.has_totag')(1)], withTo('<sip:a@b>;x=1;TAG=zz'));
	take([gives('siputils.has_totag')(-1)], withTo('<sip:a@b;tag=1>'));
});

test('what newer versions of Kamailio have', () => {
	take([gives('siputils.is_http')(1), gives('siputils.is_sip')(-1)]);
});
