/** KSR.kx. Unless a title says otherwise, the values were recorded from Kamailio 5.6.3 for the same requests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestInit } from '../../src/http/request.ts';
import { complains, gives, set, take, World } from '../support/context.ts';

const CONNECTION = {
	id: 1,
	remote: { address: '127.0.0.1', port: 33784 },
	local: { address: '127.0.0.1', port: 21440 },
	secure: false,
};

const GET: RequestInit = {
	target: '/p?a=1',
	headers: [
		['Host', 'h'],
		['Content-Length', '0'],
	],
	connection: CONNECTION,
};

const POST: RequestInit = {
	method: 'POST',
	target: '/b',
	headers: [
		['Host', 'h'],
		['User-Agent', 'a/1'],
		['From', '<sip:f@fh>'],
		['To', '<sip:t@th>'],
		['Call-ID', 'c1'],
		['Contact', '<sip:c@ch>'],
		['Authorization', 'Digest username="u@d",realm="r"'],
		['Content-Length', '3'],
	],
	body: Buffer.from('xyz'),
	connection: CONNECTION,
};

/** The name in all of its three forms, which differ where there is no value. */
const absent = (name: string, step: typeof gives | typeof complains = gives) => [
	step(`kx.get_${name}`)(null),
	step(`kx.gete_${name}`)(''),
	step(`kx.getw_${name}`)('<null>'),
];

const present = (name: string, value: string) =>
	['get', 'gete', 'getw'].map((form) => gives(`kx.${form}_${name}`)(value));

test('a request without a body and SIP headers gives null for them', () => {
	const buffer =
		'GET /p?a=1 HTTP/1.1\r\nVia: SIP/2.0/TCP 127.0.0.1:33784\r\nHost: h\r\nContent-Length: 0\r\n\r\n';
	take(
		[
			gives('kx.get_method')('GET'),
			...absent('body'),
			gives('kx.get_bodylen')(0),
			gives('kx.get_msgbuf')(buffer),
			gives('kx.get_msglen')(85),
			gives('kx.get_msgtype')(1),
			gives('kx.get_conid')(1),
			...absent('ua'),
			...absent('au'),
			...absent('duri'),
			...absent('cturi'),
			...absent('ruser', complains),
			...absent('rhost', complains),
			...absent('fuser', complains),
			...absent('fhost', complains),
			...absent('tuser', complains),
			...absent('thost', complains),
			complains('kx.get_furi')(null),
			complains('kx.get_turi')(null),
			complains('kx.get_ruri')(null),
			complains('kx.get_ouri')(null),
			complains('kx.get_nhuri')(null),
			gives('kx.get_callid')(''),
			gives('kx.get_status')(-1),
			gives('kx.gets_status')(null),
			gives('kx.get_send_sock')(null),
			gives('kx.get_send_sock_name')(null),
			gives('kx.get_send_sock_port')(0),
		],
		GET,
	);
});

test('a request with everything in it', () => {
	take(
		[
			gives('kx.get_method')('POST'),
			...present('body', 'xyz'),
			gives('kx.get_bodylen')(3),
			gives('kx.get_msglen')(218),
			...present('ua', 'a/1'),
			...present('au', 'u'),
			gives('kx.get_furi')('sip:f@fh'),
			...present('fuser', 'f'),
			...present('fhost', 'fh'),
			gives('kx.get_turi')('sip:t@th'),
			...present('tuser', 't'),
			...present('thost', 'th'),
			...present('cturi', 'sip:c@ch'),
			gives('kx.get_callid')('c1'),
		],
		POST,
	);
});

test('functions give both ends of the connection', () => {
	take(
		[
			gives('kx.get_srcip')('127.0.0.1'),
			gives('kx.get_srcport')(33784),
			gives('kx.get_srcuri')('sip:127.0.0.1:33784;transport=tcp'),
			gives('kx.get_srcaddr_sock')('tcp:127.0.0.1:33784'),
			gives('kx.get_rcvip')('127.0.0.1'),
			gives('kx.get_rcvport')(21440),
			gives('kx.get_rcvadvip')('127.0.0.1'),
			gives('kx.get_rcvadvport')(21440),
			gives('kx.get_rcvaddr_sock')('tcp:127.0.0.1:21440'),
			gives('kx.get_rcv_sock_name')(null),
			gives('kx.get_proto')('tcp'),
			gives('kx.get_protoid')(2),
		],
		GET,
	);
	const ends = { remote: { address: '::1', port: 53264 }, local: { address: '::1', port: 21896 } };
	take(
		[
			gives('kx.get_srcip')('::1'),
			gives('kx.get_srcuri')('sip:[::1]:53264;transport=tcp'),
			gives('kx.get_srcaddr_sock')('tcp:[::1]:53264'),
			gives('kx.get_rcvip')('::1'),
			gives('kx.get_rcvaddr_sock')('tcp:[::1]:21896'),
		],
		{ connection: ends },
	);
});

test('digest credentials that do not parse are logged', () => {
	take([complains('kx.get_au')(null), complains('kx.gete_au')('')], {
		headers: [['Authorization', 'Basic Ym9iOnB3']],
	});
});

test('a URI that a script has set is taken apart', () => {
	take(
		[
			set('$ru', 'sip:n:p@hh;t=2?q=3'),
			gives('kx.get_ruri')('sip:n:p@hh;t=2?q=3'),
			gives('kx.get_nhuri')('sip:n:p@hh;t=2?q=3'),
			...present('ruser', 'n'),
			...present('rhost', 'hh'),
			set('$du', 'sip:d.org:99;transport=tcp'),
			...present('duri', 'sip:d.org:99;transport=tcp'),
			gives('kx.get_nhuri')('sip:d.org:99;transport=tcp'),
		],
		GET,
	);
});

test('ifdef, get_def and get_env see what the command line allows', () => {
	take(
		[
			gives('kx.get_def', 'NUM')('25'),
			gives('kx.get_def', 'NOVAL')(''),
			gives('kx.get_def', 'NONE')(''),
			gives('kx.get_defn', 'NUM')(25),
			gives('kx.get_defn', 'STR')(0),
			gives('kx.get_defn', 'NONE')(0),
			gives('kx.ifdef', 'NOVAL')(true),
			gives('kx.ifdef', 'NONE')(false),
			gives('kx.ifndef', 'NUM')(false),
			gives('kx.ifndef', 'NONE')(true),
			gives('kx.get_env', 'NUM')('12'),
			gives('kx.get_env', 'NONE')(''),
			gives('kx.get_envn', 'NUM')(12),
			gives('kx.get_envn', 'PATH')(0),
			gives('kx.get_envn', 'NONE')(0),
		],
		{},
		{ defines: { NUM: '25', STR: 'x', NOVAL: '' }, environment: { NUM: '12', PATH: '/bin' } },
	);
});

test("the request's time", (t) => {
	t.mock.timers.enable({ apis: ['Date'], now: 1_795_454_114_900 });
	take([gives('kx.get_timestamp')(1_795_454_114)]);
});

test('every function of the module that Kamailio has is there', () => {
	const { host } = new World();
	const names = host.exports.entries.filter(({ module }) => module === 'kx').map(({ name }) => name);
	// kemi_export tables of kemix_mod.c, 5.6.3
	assert.equal(names.length, 69);
});
