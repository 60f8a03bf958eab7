/**
 * The pseudo-variables, by tables. Unless a title says otherwise, what the tables expect was recorded from Kamailio
 * 5.6.3, which was asked the same expressions while it handled the same request through xhttp and app_lua.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestInit } from '../../src/http/request.ts';
import type { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import { standardVariables } from '../../src/pv/variables/standard.ts';
import { version } from '../../src/version.ts';
import { complains, fails, is, read, refused, type Step, set, take, World } from '../support/context.ts';

const CONNECTION = {
	id: 7,
	remote: { address: '127.0.0.1', port: 44022 },
	local: { address: '127.0.0.1', port: 21771 },
	secure: false,
};

const DIGEST =
	'Digest username="bob@example.org", realm="r", nonce="n1", uri="/p", response="0123456789abcdef0123456789abcdef", opaque="o", cnonce="c", nc=00000001, qop=auth, algorithm=MD5';

const POST: RequestInit = {
	method: 'POST',
	target: '/p?a=1',
	headers: [
		['Host', 'h.example:21771'],
		['User-Agent', 'ua/1  '],
		['X-List', 'a, b'],
		['X-List', 'c'],
		['x-list', 'd'],
		['X-Empty', ''],
		['Content-Type', 'text/plain'],
		['Content-Length', '3'],
	],
	body: Buffer.from('abc'),
	connection: CONNECTION,
};

const GET: RequestInit = { target: '/p?a=1', headers: [['Host', 'h']], connection: CONNECTION };

const HEADER_LINES =
	'Host: h.example:21771\r\nUser-Agent: ua/1  \r\nX-List: a, b\r\nX-List: c\r\nx-list: d\r\nX-Empty: \r\nContent-Type: text/plain\r\nContent-Length: 3';
const VIA = 'Via: SIP/2.0/TCP 127.0.0.1:44022';

test('the request line, the body and what the headers say of it', () => {
	take(
		[
			is('$rm', 'POST'),
			is('$rmid', 65536),
			is('$hu', '/p?a=1'),
			is('$rv', 'HTTP/1.1'),
			is('$rb', 'abc'),
			is('$bs', 3),
			is('$cl', 3),
			is('$cT', 'text/plain'),
			is('$ct', null),
			is('$ua', 'ua/1  '),
			is('$mi', 1),
			is('$mi', 1),
			is('$mt', 1),
			is('$mts', 'rq'),
			is('$rc', 0),
			is('$retcode', 0),
			is('$?', 0),
			is('$null', null),
			is('$true', 1),
			is('$sid', 0),
			is('$conid', 7),
			is('$pp', process.pid),
			is('$Tb', 1_700_000_000),
		],
		POST,
	);
	take([is('$rb', ''), is('$bs', 0), is('$cl', null), is('$cT', null), is('$ua', null)], GET);
});

test('the number of a method does not depend on its case', () => {
	const numbers = {
		GET: 32768,
		get: 32768,
		Post: 65536,
		PUT: 131072,
		DELETE: 262144,
		OPTIONS: 512,
		INVITE: 1,
		PATCH: 524288,
	};
	for (const [method, number] of Object.entries(numbers))
		take([is('$rm', method), is('$rmid', number)], { method });
});

test('the whole request has the Via line that xhttp puts behind the first line', () => {
	const whole = `POST /p?a=1 HTTP/1.1\r\n${VIA}\r\n${HEADER_LINES}\r\n\r\nabc`;
	take(
		[
			is('$mb', whole),
			is('$mbu', whole),
			is('$ml', whole.length),
			is('$msg(buf)', whole),
			is('$msg(len)', whole.length),
			is('$msg(fline)', 'POST /p?a=1 HTTP/1.1'),
			is('$msg(hdrs)', `${VIA}\r\n${HEADER_LINES}`),
			is('$msg(hdrs_len)', VIA.length + 2 + HEADER_LINES.length),
			is('$msg(hdrc)', 9),
			is('$msg(fpart)', `POST /p?a=1 HTTP/1.1\r\n${VIA}\r\n${HEADER_LINES}`),
			is('$msg(lpart)', `${VIA}\r\n${HEADER_LINES}\r\n\r\nabc`),
			is('$msg(body)', 'abc'),
			is('$msg(body_len)', 3),
			fails('$msg(attrs)', /knows no "attrs"/),
			fails('$msg(bufs)', /did you mean buf/),
			fails('$msg'),
			fails('$msg()'),
		],
		POST,
	);
	take([is('$msg(body)', ''), is('$msg(body_len)', 0)], GET);
});

test('line ends without a carriage return stay as they came', () => {
	const world = new World();
	const ctx = world.request({
		target: '/x',
		connection: { ...CONNECTION, remote: { address: '::1', port: 9 } },
	});
	Object.assign(ctx.request, { head: 'GET /x HTTP/1.1\nHost: h\nX-Fold: a\n b\n' });
	assert.equal(read(ctx, '$mb'), 'GET /x HTTP/1.1\nVia: SIP/2.0/TCP [::1]:9\r\nHost: h\nX-Fold: a\n b\n\n');
	assert.equal(read(ctx, '$ml'), (read(ctx, '$mb') as string).length);
	assert.equal(read(ctx, '$msg(fline)'), 'GET /x HTTP/1.1');
});

test('bodies are bytes', () => {
	take([is('$rb', '\u00c3\u00bc\u0000\u00ff'), is('$bs', 4), is('$msg(body_len)', 4)], {
		body: Buffer.from([0xc3, 0xbc, 0, 0xff]),
	});
});

test('variables give both ends of the connection', () => {
	take(
		[
			is('$si', '127.0.0.1'),
			is('$src_ip', '127.0.0.1'),
			is('$siz', '127.0.0.1'),
			is('$sp', 44022),
			is('$su', 'sip:127.0.0.1:44022;transport=tcp'),
			is('$sut', 'sip:127.0.0.1:44022;transport=tcp'),
			is('$sas', 'tcp:127.0.0.1:44022'),
			is('$Ri', '127.0.0.1'),
			is('$Rp', 21771),
			is('$Ru', 'sip:127.0.0.1:21771;transport=tcp'),
			is('$Rut', 'sip:127.0.0.1:21771;transport=tcp'),
			is('$Ras', 'tcp:127.0.0.1:21771'),
			is('$Rn', null),
			is('$RAi', '127.0.0.1'),
			is('$RAp', 21771),
			is('$RAu', 'sip:127.0.0.1:21771;transport=tcp'),
			is('$RAut', 'sip:127.0.0.1:21771;transport=tcp'),
			is('$pr', 'tcp'),
			is('$proto', 'tcp'),
			is('$prid', 2),
			is('$af(id)', 2),
			is('$af(name)', 'IPv4'),
			fails('$af(x)'),
			fails('$af'),
			is('$via0(host)', '127.0.0.1'),
			is('$via0(port)', 44022),
			is('$via0(proto)', 'TCP'),
			is('$via0(protoid)', 2),
			is('$via0(branch)', null),
			is('$via1(host)', null),
			is('$viaZ(port)', 44022),
			fails('$via0(x)'),
		],
		GET,
	);
	const remote = { address: '::1', port: 53264 };
	take(
		[
			is('$si', '::1'),
			is('$siz', '[::1]'),
			is('$sas', 'tcp:[::1]:53264'),
			is('$su', 'sip:[::1]:53264;transport=tcp'),
			is('$Ri', '::1'),
			is('$Ras', 'tcp:[::1]:80'),
			is('$Ru', 'sip:[::1]:80;transport=tcp'),
			is('$af(id)', 10),
			is('$af(name)', 'IPv6'),
			is('$via0(host)', '[::1]'),
			is('$hdr(Via)', 'SIP/2.0/TCP [::1]:53264'),
		],
		{ connection: { remote, local: { address: '::1', port: 80 } } },
	);
});

test('with TLS the transport says so (not recorded: Debian builds no TLS module here)', () => {
	take(
		[
			is('$proto', 'tls'),
			is('$prid', 3),
			is('$sas', 'tls:127.0.0.1:44022'),
			is('$su', 'sip:127.0.0.1:44022;transport=tls'),
		],
		{ connection: { ...CONNECTION, secure: true } },
	);
});

test('joined header fields have commas only behind a value that is not empty', () => {
	const headers = ['', '', 'x', '', 'y'].map((value): [string, string] => ['X-List', value]);
	take([is('$(hdr(X-List)[*])', 'x,,y'), is('$(hfl(X-List)[*])', 'x,,y')], { ...GET, headers });
	take([is('$$', '$'), is('$($)', '$'), fails('$$x')], GET);
});

test('header fields by name, index and variable', () => {
	take(
		[
			is('$hdr(Host)', 'h.example:21771'),
			is('$hdr(host)', 'h.example:21771'),
			is('$hdr(Host )', 'h.example:21771'),
			is('$hdr(X-List)', 'a, b'),
			is('$(hdr(X-List)[0])', 'a, b'),
			is('$(hdr(X-List)[1])', 'c'),
			is('$(hdr(X-List)[2])', 'd'),
			is('$(hdr(X-List)[3])', null),
			is('$(hdr(X-List)[-1])', 'd'),
			is('$(hdr(X-List)[-3])', 'a, b'),
			is('$(hdr(X-List)[-4])', null),
			is('$(hdr(X-List)[*])', 'a, b,c,d'),
			fails('$(hdr(X-List)[x])'),
			is('$hdr(X-Empty)', ''),
			is('$(hdr(X-Empty)[*])', ''),
			is('$hdr(X-None)', null),
			is('$(hdr(X-None)[*])', null),
			is('$(hdr(X-None)[-1])', null),
			is('$hdr(User-Agent)', 'ua/1  '),
			is('$hdr(c)', 'text/plain'),
			is('$hdr(l)', '3'),
			is('$hdr(v)', 'SIP/2.0/TCP 127.0.0.1:44022'),
			is('$(hdr(Via)[-1])', 'SIP/2.0/TCP 127.0.0.1:44022'),
			is('$(hdr(Via)[1])', null),
			is('$hdr(*)', 'SIP/2.0/TCP 127.0.0.1:44022'),
			is('$(hdr(*)[1])', 'h.example:21771'),
			is('$(hdr(*)[-1])', '3'),
			is('$(hdr(*)[*])', 'SIP/2.0/TCP 127.0.0.1:44022,h.example:21771,ua/1  ,a, b,c,d,,text/plain,3'),
			fails('$hdr( Host)', /no header name/),
			fails('$hdr(X $var(h))', /no header name/),
			fails('$hdr(h$var(i))'),
			fails('$hdr()', /empty/),
			fails('$hdr', /missing/),
			is('$hdr($var(h))', null),
			set('$var(h)', 'X-List'),
			set('$var(i)', 1),
			is('$hdr($var(h))', 'a, b'),
			is('$(hdr($var(h))[$var(i)])', 'c'),
			set('$var(h)', 'host'),
			is('$hdr($var(h))', 'h.example:21771'),
			set('$var(h)', 'c'),
			is('$hdr($var(h))', 'text/plain'),
			set('$var(h)', '*'),
			fails('$hdr($var(h))'),
			set('$var(h)', ''),
			fails('$hdr($var(h))'),
			fails('$hdr($avp(none))'),
			is('$hdr($rm)', null),
			is('$hdrc(Host)', 1),
			is('$hdrc(X-List)', 3),
			is('$hdrc(X-None)', 0),
			is('$hdrc(Via)', 1),
			set('$var(h)', 'X-List'),
			is('$hdrc($var(h))', 3),
			is('$hflc($var(h))', 3),
			is('$hfl(X-List)', 'a, b'),
			is('$(hfl(X-List)[-1])', 'd'),
			is('$(hfl(X-List)[*])', 'a, b,c,d'),
			is('$hflc(X-List)', 3),
			is('$hfl(Via)', 'SIP/2.0/TCP 127.0.0.1:44022'),
			is('$hflc(Via)', 1),
			is('$hfl(Contact)', null),
			is('$hflc(Contact)', 0),
			fails('$(hdrc(Host)[0])', /index/),
		],
		POST,
	);
});

test('entries of Contact are in the order of the list that Kamailio makes of each field', () => {
	const headers: [string, string][] = [
		['Contact', '<sip:a@x>;q=1, "B" <sip:b@x>'],
		['Contact', '<sip:c@x>'],
		['m', 'sip:d@x,sip:e@x'],
	];
	const inOrder = ['"B" <sip:b@x>', '<sip:a@x>;q=1', '<sip:c@x>', 'sip:e@x', 'sip:d@x'];
	take(
		[
			is('$hfl(Contact)', '"B" <sip:b@x>'),
			...inOrder.flatMap((entry, i) => [
				is(`$(hfl(Contact)[${i}])`, entry),
				is(`$(hfl(m)[${i - 6}])`, entry),
			]),
			is('$(hfl(Contact)[5])', null),
			is('$(hfl(Contact)[-1])', null),
			is('$hflc(Contact)', 5),
			is('$(hfl(*)[1])', '<sip:a@x>;q=1, "B" <sip:b@x>'),
			is('$(hfl(*)[-1])', 'sip:d@x,sip:e@x'),
			is('$hflc(*)', 0),
			is('$hdrc(*)', 0),
		],
		{ ...GET, headers },
	);
});

test('indexes have 32 bits, a sign alone is 0, and what stands behind a variable is passed over', () => {
	const headers = ['1', '2', '3'].map((value): [string, string] => ['X-A', value]);
	take(
		[
			is('$(hdr(X-A)[-])', '1'),
			is('$(hdr(X-A)[+])', null),
			fails('$(hdr(X-A)[+1])'),
			fails('$(hdr(X-A)[])'),
			fails('$(hdr(X-A)[**])'),
			fails('$(hdr(X-A)[ $var(i)])'),
			is('$(hdr(X-A)[01])', '2'),
			is('$(hdr(X-A)[4294967297])', '2'),
			is('$(hdr(X-A)[-4294967297])', '3'),
			is('$(hdr(X-A)[2147483648])', null),
			set('$var(i)', 1),
			is('$(hdr(X-A)[$var(i)2])', '2'),
			is('$(hdr(X-A)[$var(i) ])', '2'),
			complains('pv.get', '$_s(a$(hdr(X-A)[$hdr(X-A)])b)')('ab'),
			is('$_s(a$(hdr(X-A)[7])b)', 'a<null>b'),
			set('$avp(a)', 'old'),
			set('$avp(a)', 'new'),
			is('$(avp(a)[+])', 'new'),
			is('$(avp(a)[-])', 'new'),
			is('$(avp(a)[4294967297])', 'old'),
			set('$xavp(a=>b)', 'old'),
			set('$xavp(a=>b)', 'new'),
			is('$xavp(a[+]=>b)', 'new'),
			is('$xavp(a[-]=>b)', 'new'),
			is('$xavp(a[4294967297]=>b)', 'old'),
		],
		{ ...GET, headers },
	);
});

test('a name of $xavp is over where something stands between its index and the arrow', () => {
	take(
		[
			set('$xavp(a=>b)', 'x'),
			is('$xavp(a[0]=> b)', 'x'),
			is('$xavp(a =>b)', 'x'),
			...['a[0] =>b', 'a x=>b', 'a[0]x=>b', 'a[0][1]=>b'].map((name) =>
				complains('pv.get', `$xavp(${name})`)('<<xavp>>'),
			),
		],
		GET,
	);
});

test('parentheses inside of a variable are counted before it is read', () => {
	take(
		[
			set('$var(p)', 'a(b(c'),
			fails('$(var(p){s.select,1,(})', /parenthesis/),
			is('$_s($(var(p){s.select,1,b}))', '(c'),
		],
		GET,
	);
});

test('entries of a list field are counted singly by $hfl', () => {
	take(
		[
			is('$hfl(Route)', '<sip:r1>'),
			is('$(hfl(Route)[1])', '<sip:r2>'),
			is('$hflc(Route)', 3),
			is('$hdrc(Route)', 2),
			is('$hdr(Route)', '<sip:r1>,<sip:r2>'),
			// negative indexes are one off in Kamailio
			is('$(hfl(Route)[-1])', null),
			is('$(hfl(Route)[-2])', '"a, b" <sip:r3,x>'),
			is('$(hfl(Route)[-4])', '<sip:r1>'),
			is('$(hfl(Route)[-5])', null),
		],
		{
			headers: [
				['Route', '<sip:r1>,<sip:r2>'],
				['Route', '"a, b" <sip:r3,x>'],
			],
		},
	);
});

test('one-letter names stand for the long ones and the other way round', () => {
	const letters = {
		a: 'Accept-Contact',
		b: 'Referred-By',
		c: 'Content-Type',
		d: 'Request-Disposition',
		e: 'Content-Encoding',
		i: 'Call-ID',
		j: 'Reject-Contact',
		k: 'Supported',
		o: 'Event',
		r: 'Refer-To',
		s: 'Subject',
		u: 'Allow-Events',
		x: 'Session-Expires',
		y: 'Identity',
	};
	for (const [letter, name] of Object.entries(letters)) {
		take([is(`$hdr(${letter})`, 'v'), is(`$hdr(${letter.toUpperCase()})`, 'v')], { headers: [[name, 'v']] });
		take([is(`$hdr(${name})`, 'v')], { headers: [[letter, 'v']] });
	}
	take([is('$cT', 'v'), is('$cl', 0)], {
		headers: [
			['c', 'v'],
			['l', '0'],
		],
	});
});

const CREDENTIALS = ['$au', '$aU', '$ad', '$ar', '$adu', '$aa', '$adn', '$adc', '$adr', '$ado'];

/** What the Authorization variables give for a header, in the order of CREDENTIALS. */
function credentials(header: string, values: readonly (string | null)[], also: Step[] = []): void {
	take([...CREDENTIALS.map((name, i) => is(name, values[i] ?? null)), ...also], {
		headers: [['Authorization', header]],
	});
}

test('the fields of digest credentials', () => {
	credentials(DIGEST, [
		'bob',
		'bob@example.org',
		'example.org',
		'r',
		'/p',
		'MD5',
		'n1',
		'c',
		'0123456789abcdef0123456789abcdef',
		'o',
	]);
	credentials('Digest username="bob"', ['bob', 'bob', '', '', null, '', '', '', '', '']);
	credentials('Digest username=bob, realm=r', ['bob', 'bob', '', 'r', null, '', '', '', '', '']);
	credentials('digest USERNAME="bob@d", Realm="r"', ['bob', 'bob@d', 'd', 'r', null, '', '', '', '', '']);
	credentials('Digest username="sip:bob@d.org", realm="x y"', [
		'bob',
		'sip:bob@d.org',
		'd.org',
		'x y',
		null,
		'',
		'',
		'',
		'',
		'',
	]);
	credentials('Digest username="@x"', ['@x', '@x', '', '', null, '', '', '', '', '']);
	credentials('Digest username="bob@", realm=""', ['bob', 'bob@', '', '', null, '', '', '', '', '']);
	take([is('$au', null), is('$adu', null)]);
	take([is('$au', 'p')], {
		headers: [
			['Authorization', 'Digest username="a"'],
			['Proxy-Authorization', 'Digest username="p"'],
		],
	});
	take([is('$au', null)], { method: 'ACK', headers: [['Authorization', DIGEST]] });
});

test('other credentials are null and logged', () => {
	for (const header of [
		'Basic Ym9iOnB3',
		'Bearer abc',
		'Digest',
		'Digest ',
		'junk',
		'Digest username="b",x="y",realm="r",',
	])
		take(
			CREDENTIALS.map((name) => fails(name, /no digest credentials/)),
			{ headers: [['Authorization', header]] },
		);
});

test('the time of the request stays, the time of now goes on', (t) => {
	const start = Date.UTC(2026, 10, 23, 17, 8, 51, 706);
	t.mock.timers.enable({ apis: ['Date'], now: start });
	const zone = process.env['TZ'];
	process.env['TZ'] = 'UTC';
	t.after(() => {
		if (zone === undefined) delete process.env['TZ'];
		else process.env['TZ'] = zone;
	});
	const world = new World();
	const ctx = world.request();
	const seconds = start / 1000 - 0.706;
	const steps: readonly Step[] = [
		is('$Ts', seconds),
		is('$TV(s)', seconds),
		is('$Tf', 'Mon Nov 23 17:08:51 2026'),
		is('$time(sec)', 51),
		is('$time(min)', 8),
		is('$time(hour)', 17),
		is('$time(mday)', 23),
		is('$time(mon)', 11),
		is('$time(year)', 2026),
		is('$time(wday)', 2),
		is('$time(yday)', 327),
		is('$time(isdst)', 0),
		is('$utime(hour)', 17),
		is('$timef(%Y-%m-%d %H:%M:%S)', '2026-11-23 17:08:51'),
		is('$utimef(%z %Z)', '+0000 GMT'),
		is('$timef(xxx)', 'xxx'),
		fails('$time(x)'),
		fails('$TV(x)'),
		fails('$TV( s)'),
		fails('$timef()'),
		fails('$timef'),
	];
	for (const step of steps) step(world, ctx);
	assert.ok(Math.abs((read(ctx, '$TV(u)') as number) - 706_000) < 20_000);

	t.mock.timers.setTime(start + 60_000);
	for (const step of steps) step(world, ctx);
	is('$TS', seconds + 60)(world, ctx);
	is('$TF', 'Mon Nov 23 17:09:51 2026')(world, ctx);
	is('$TV(sn)', seconds + 60)(world, ctx);
	assert.ok(Math.abs((read(ctx, '$TV(un)') as number) - 706_000) < 20_000);
	is('$TV(Sn)', new RegExp(`^${seconds + 60}\\.\\d{6}$`))(world, ctx);
	is('$TV(Fn)', /^2026-11-23 17:09:51\.\d{6}$/)(world, ctx);
	is('$Ts', seconds + 60)(world, world.request());
});

test('$var and $vz are one, $vn is another and can be null', () => {
	take([
		is('$var(a)', 0),
		is('$vz(a)', 0),
		is('$vn(a)', null),
		set('$var(a)', 'A'),
		is('$vz(a)', 'A'),
		is('$vn(a)', null),
		set('$vz(a)', 'Z'),
		is('$var(a)', 'Z'),
		set('$vn(a)', 'N'),
		is('$var(a)', 'Z'),
		is('$vn(a)', 'N'),
		set('$vn(a)', null),
		set('$var(a)', null),
		is('$var(a)', 0),
		is('$vn(a)', null),
		set('$vn(a)', ''),
		is('$vn(a)', ''),
		set('$var(a b)', 3),
		is('$var(a b)', 3),
		is('$var( a b)', 0),
		set('$var($var(a))', 'lit'),
		is('$var($var(a))', 'lit'),
		is('$var(0)', 0),
		set('$var(a)', ''),
		is('$var(a)', ''),
		set('$var(a)', -2147483648),
		is('$var(a)', -2147483648),
		fails('$(var(a)[0])', /index/),
		fails('$var'),
		fails('$var()'),
	]);
});

test('integers do not wrap (Kamailio 5.6.3 has 32 bits, newer ones 64)', () => {
	take([set('$var(a)', 2 ** 40), is('$var(a)', 2 ** 40), set('$avp(a)', 2 ** 40), is('$avp(a)', 2 ** 40)]);
});

test('which values outlive a request, and that hosts share none', () => {
	const world = new World();
	const first = world.request();
	for (const name of [
		'$var(k)',
		'$vn(k)',
		'$shv(k)',
		'$avp(k)',
		'$xavp(k=>f)',
		'$xavu(k)',
		'$xavi(k)',
		'$mf',
		'$sf',
		'$du',
	])
		set(name, name === '$du' ? 'x' : 5)(world, first);
	const second = world.request();
	for (const step of [
		is('$var(k)', 5),
		is('$vn(k)', 5),
		is('$shv(k)', 5),
		is('$avp(k)', null),
		is('$xavp(k=>f)', null),
	])
		step(world, second);
	for (const step of [
		is('$xavu(k)', null),
		is('$xavi(k)', null),
		is('$mf', 0),
		is('$sf', 0),
		is('$du', null),
		is('$mi', 1),
	])
		step(world, second);
	is('$mi', 2)(world, world.request());
	take([is('$var(k)', 0), is('$vn(k)', null), is('$shv(k)', 0), is('$mi', 1)]);
});

test('modparams declare $var and $shv', () => {
	const modparams = [
		['varset', 'vs=s:text'],
		['varset', 'vi=i:7'],
		['shvset', 'ss=s:t:x=y'],
		['shvset', 'si=i:-3'],
	].map(([name = '', value = '']) => ({ module: 'pv', name, value }));
	take(
		[is('$var(vs)', 'text'), is('$var(vi)', 7), is('$shv(ss)', 't:x=y'), is('$shv(si)', -3)],
		{},
		{ modparams },
	);
	for (const value of ['x', 'x=5', 'x=q:5', 'x=i:abc', '=s:a'])
		assert.throws(() => new World({ modparams: [{ module: 'pv', name: 'shvset', value }] }), {
			code: 'KH_MODPARAM',
		});
});

test('$shv, and $shvinc as newer Kamailio has it', () => {
	take([
		is('$shv(n)', 0),
		is('$shvinc(n)', 1),
		is('$shvinc(new)', 1),
		is('$shvinc(n)', 2),
		is('$shv(n)', 2),
		set('$shv(n)', 'text'),
		is('$shv(n)', 'text'),
		is('$shvinc(n)', 0),
		is('$shv(n)', 'text'),
		set('$shv(n)', null),
		// as KSR.pv.unset leaves it in Kamailio; its native language leaves 0
		is('$shv(n)', ''),
	]);
});

test('$avp is a stack, newest first', () => {
	take([
		is('$avp(x)', null),
		is('$(avp(x)[*])', null),
		set('$avp(x)', 'one'),
		set('$avp(x)', 2),
		set('$avp(x)', 'three'),
		is('$avp(x)', 'three'),
		is('$(avp(x)[0])', 'three'),
		is('$(avp(x)[1])', 2),
		is('$(avp(x)[2])', 'one'),
		is('$(avp(x)[3])', null),
		is('$(avp(x)[-1])', null),
		is('$(avp(x)[-2])', null),
		is('$(avp(x)[-3])', 'three'),
		is('$(avp(x)[-4])', null),
		is('$(avp(x)[*])', 'three, 2, one'),
		is('$(avp(s:x)[1])', 2),
		is('$cnt($avp(x))', 3),
		is('$cnt($avp(s:x))', 3),
		is('$cnt($(avp(x)[0]))', 3),
		set('$(avp(x)[1])', 'idx'),
		is('$(avp(x)[*])', 'idx, three, 2, one'),
		set('$(avp(x)[1])', null),
		is('$(avp(x)[*])', 'three, 2, one'),
		set('$avp(x)', null),
		is('$(avp(x)[*])', '2, one'),
		set('$(avp(x)[*])', 'all'),
		is('$(avp(x)[*])', 'all'),
		set('$(avp(x)[*])', null),
		is('$avp(x)', null),
		is('$cnt($avp(x))', 0),
		set('$avp(X)', 'upper'),
		is('$avp(x)', null),
		set('$avp( b )', 'blank'),
		is('$avp(b)', null),
		is('$avp( b )', 'blank'),
		set('$avp(y)', ''),
		is('$avp(y)', ''),
		is('$(avp(y)[*])', ''),
		set('$avp(z)', 'a'),
		set('$avp(z)', 'b'),
		set('$var(ix)', 1),
		is('$(avp(z)[$var(ix)])', 'a'),
		is('$(avp(z)[$(var(ix))])', 'a'),
		is('$(avp(z)[-0])', 'b'),
		fails('$(avp(z)[])'),
		fails('$avp()'),
		fails('$avp'),
	]);
});

test('names of $avp: numbers, texts, and those that variables hold', () => {
	take([
		set('$avp(i:5)', 'int5'),
		set('$avp(5)', 'str5'),
		is('$avp(i:5)', 'int5'),
		is('$avp(I:05)', 'int5'),
		is('$avp(5)', 'str5'),
		is('$avp(S:5)', 'str5'),
		set('$var(n)', 5),
		set('$var(m)', '5'),
		is('$avp($var(n))', 'int5'),
		is('$avp($var(m))', 'str5'),
		set('$avp($var(m))', 'via m'),
		is('$avp(s:5)', 'via m'),
		is('$cnt($avp($var(m)))', 2),
		is('$cnt($avp($var(n)))', 1),
		set('$avp(p$var(n))', 'literal'),
		is('$avp(p$var(n))', 'literal'),
		is('$avp(p5)', null),
		set('$avp(s:a.b)', 'dot'),
		is('$avp(a.b)', 'dot'),
		fails('$avp(i:x)'),
		fails('$avp(q:x)'),
		fails('$avp($avp(none))'),
		refused('$avp($avp(none))', 'x'),
		set('$var(n)', ''),
		refused('$avp($var(n))', 'x'),
	]);
});

/** The tables for $xavp and $xavi, which differ in the case of names only. */
function structured(kind: 'xavp' | 'xavi', otherCase: string | null): Step[] {
	const $ = (name: string) => `$${kind}(${name})`;
	return [
		is($('a'), null),
		is($('a=>b'), null),
		is($('a[*]'), null),
		set($('a=>b'), '1'),
		is($('a=>b'), '1'),
		is($('a[0]=>b'), '1'),
		is($('a=>b[0]'), '1'),
		is($('a=>B'), otherCase),
		is($('A=>b'), otherCase),
		set($('a=>c'), '2'),
		is($('a=>b'), null),
		is($('a[1]=>b'), '1'),
		is($('a[-1]=>b'), '1'),
		is($('a[-2]=>c'), '2'),
		is($('a[-3]=>c'), null),
		set($('a[0]=>b'), '3'),
		set($('a[0]=>b'), '4'),
		is($('a=>b'), '4'),
		is($('a=>b[1]'), '3'),
		is($('a=>b[-1]'), '3'),
		is($('a=>b[*]'), '4, 3'),
		set($('a[0]=>b[0]'), '5'),
		is($('a=>b[*]'), '5, 3'),
		set($('a[0]=>b[1]'), '6'),
		is($('a=>b[*]'), '5, 6'),
		set($('a[0]=>b[9]'), '7'),
		set($('a[0]=>b[*]'), '9'),
		set($('a[*]=>b'), '10'),
		set($('a[9]=>b'), '11'),
		is($('a=>b[*]'), '5, 6'),
		refused($('a[*]'), '10'),
		set($('a=>b[0]'), '13'),
		is($('a=>b'), '13'),
		is($('a[1]=>b'), '5'),
		set($('a=>b'), null),
		is($('a=>b'), null),
		set($('a[1]=>b[0]'), null),
		is($('a[1]=>b[*]'), '6'),
		set($('a[1]=>b[*]'), null),
		is($('a[1]=>b[*]'), null),
		set($('a[*]'), null),
		is($('a=>c'), null),
		set($('s=>b'), '1'),
		set($('s[0]=>b'), '1b'),
		set($('s=>b'), '2'),
		set($('s[*]=>b'), null),
		is($('s[0]=>b'), null),
		is($('s[1]=>b[*]'), '1'),
		set($('s[*]=>b[*]'), null),
		is($('s[1]=>b[*]'), null),
		set($('p'), 'flat'),
		set($('p'), 2),
		is($('p'), 2),
		is($('p[1]'), 'flat'),
		is($('p[-1]'), 'flat'),
		is($('p[*]'), 2),
		is($('p=>q'), null),
		set($('p[0]'), 'new'),
		is($('p'), 'new'),
		refused($('p[7]'), 'x'),
		refused($('p[0]=>q'), 'x'),
		set($('p=>q'), 'list'),
		is($('p[1]'), 'new'),
		set($('p[0]'), null),
		is($('p'), 'new'),
		set('$var(i)', 1),
		set('$var(text)', '1'),
		is($('p[$var(i)]'), 'flat'),
		is($('p[$(var(i))]'), 'flat'),
		fails($('p[$var(text)]'), /no integer/),
		refused($('p[$var(text)]'), 'x'),
		refused($('p[$var(text)]'), null),
		refused($('p[$var(text)]=>q'), null),
		refused($('p[$var(text)]=>q'), 'x'),
		refused($('p[1]=>q[$var(text)]'), 'x'),
		is($('p[1]'), 'flat'),
		set($('p[$var(i)]'), 'dyn'),
		is($('p[1]'), 'dyn'),
		set($(' w => x '), 'blanks'),
		is($('w=>x'), 'blanks'),
		is($('w =>x'), 'blanks'),
		set($('e=>f'), ''),
		is($('e=>f'), ''),
		set($('n=>x'), '1'),
		set($('n=>x'), null),
		is($('n=>x'), null),
		set($('Case=>Key'), 'k'),
		is($('case=>key'), otherCase === null ? null : 'k'),
		is($('$var(i)=>x'), null),
		...['a[]=>b', 'a[x]=>b', 'a[ 0 ]=>b', 'a=>', 'a=b', ''].map((name) => fails($(name))),
		fails(`$${kind}`),
		fails(`$(${kind}(p)[0])`, /index/),
	];
}

test('$xavp holds several structured values of a name', () => take(structured('xavp', null)));
test('$xavi is the same without regard to case', () => take(structured('xavi', '1')));

test('negative indexes set and unset what they read (Kamailio is one off where it sets)', () => {
	take([
		set('$xavp(a)', 'old'),
		set('$xavp(a)', 'new'),
		set('$xavp(a[-1])', 'changed'),
		is('$xavp(a[1])', 'changed'),
		is('$xavp(a)', 'new'),
		set('$xavp(a[-1])', null),
		is('$xavp(a[1])', null),
		is('$xavp(a)', 'new'),
	]);
});

test('malformed names of $xavp are errors', () => {
	take(['a[0', '=>b', 'a[0]=b', 'a[0]=>', 'a[]', 'a[x]'].map((name) => fails(`$xavp(${name})`)));
});

test('a third level of a name is ignored, as Kamailio does, with a warning', () => {
	take([
		set('$xavp(a=>b)', 'one'),
		complains('pv.sets', '$xavp(a[0]=>b[0]=>c)', 'two')(true),
		is('$xavp(a=>b[0])', 'two'),
		complains('pv.get', '$xavp(a=>b=>c)')('two'),
		set('$xavu(a=>b=>c)', 'three'),
		is('$xavu(a=>b)', null),
		is('$xavu(a=>b=>c)', 'three'),
	]);
});

test('$xavu has one value for a name', () => {
	take([
		is('$xavu(a)', null),
		is('$xavu(a=>b)', null),
		set('$xavu(a=>b)', '1'),
		set('$xavu(a=>c)', '2'),
		is('$xavu(a=>b)', '1'),
		is('$xavu(a=>c)', '2'),
		set('$xavu(a=>b)', '3'),
		is('$xavu(a=>b)', '3'),
		is('$xavu(a)', '<<xavp>>'),
		is('$xavu(a[0]=>b)', null),
		is('$xavu(a=>b[0])', null),
		set('$xavu(a=>b)', null),
		is('$xavu(a=>b)', null),
		is('$xavu(a=>c)', '2'),
		set('$xavu(a)', 5),
		is('$xavu(a)', 5),
		is('$xavu(a=>c)', null),
		set('$xavu(a)', 'flat'),
		set('$xavu(a)', null),
		is('$xavu(a)', null),
		set('$xavu( w => x )', 'blanks are part of the name'),
		is('$xavu(w=>x)', null),
		fails('$xavu(a=>)'),
		fails('$xavu(a=b)'),
		fails('$xavu()'),
	]);
});

test('$cnt counts values', () => {
	take([
		set('$xavp(a=>b)', '1'),
		set('$xavp(a=>c)', '2'),
		set('$xavp(a[0]=>b)', '3'),
		set('$xavp(a[0]=>b)', '4'),
		is('$cnt($xavp(a))', 2),
		is('$cnt($xavp(a[*]))', 2),
		is('$cnt($xavp(a=>b))', 3),
		is('$cnt($xavp(a[0]=>b))', 2),
		is('$cnt($xavp(a[0]=>b[*]))', 2),
		is('$cnt($xavp(a[*]=>b[1]))', 1),
		is('$cnt($xavp(a[5]))', 0),
		is('$cnt($xavp(a[-1]))', 1),
		is('$cnt($xavp(nope))', 0),
		fails('$cnt($avp($avp(none)))'),
		fails('$cnt($xavi(a))'),
		fails('$cnt($var(x))'),
		fails('$cnt(x)'),
		fails('$cnt()'),
	]);
});

test('$_s evaluates a text', () => {
	take(
		[
			is('$_s(a $si)', 'a 127.0.0.1'),
			is('$_s(x)', 'x'),
			is('$_s( x )', ' x '),
			is('$_s(a(b)c)', 'a(b)c'),
			is('$_s(100%)', '100%'),
			is('$_s($$x)', '$x'),
			is('$_s($null)', '<null>'),
			is('$_s($hdr(X-None))', '<null>'),
			is('$_s($avp(x)$var(n))', '<null>0'),
			is('$_s($_s(a $rm))', 'a POST'),
			is('$_s($(hdr(X-List)[1]))', 'c'),
			fails('$_s()'),
			fails('$_s'),
			fails('$_s($nosuch)', /nosuch/),
			fails('$_s(a $nosuch b)', /nosuch/),
			fails('$_s(a)b)'),
			fails('$_s(a $)'),
		],
		POST,
	);
});

test('flags are integers of 32 bits', () => {
	for (const [number, hex, single] of [
		['$mf', '$mF', '$Mf'],
		['$sf', '$sF', '$Sf'],
		['$bf', '$bF', '$Bf'],
	] as const)
		take([
			is(number, 0),
			is(hex, '00000000'),
			fails(single),
			is(`${single}(1)`, 0),
			fails(`${single}(32)`),
			fails(`${single}(x)`),
			set(number, 5),
			is(hex, '00000005'),
			is(`${single}(0)`, 1),
			is(`${single}(1)`, 0),
			is(`${single}(2)`, 1),
			set(`${single}(1)`, 1),
			is(number, 7),
			set(`${single}(0)`, 0),
			is(number, 6),
			refused(number, '3'),
			refused(`${single}(0)`, 'x'),
			is(number, 6),
			set(hex, 255),
			is(hex, '000000ff'),
			set(number, -1),
			is(number, -1),
			is(hex, 'ffffffff'),
			set(`${single}(3)`, null),
			is(number, 0),
			set(number, 1),
			set(number, null),
			is(number, 0),
		]);
});

test('flag variables and KSR.setflag are the same flags', () => {
	const world = new World();
	const ctx = world.request();
	world.host.exports.find('KSR.setflag')?.call(ctx, [2], 'lua');
	world.host.exports.find('KSR.setsflag')?.call(ctx, [4], 'lua');
	is('$mf', 4)(world, ctx);
	is('$sf', 16)(world, ctx);
});

test('$def and $env read what the command line allows', () => {
	const defines = { SITE: 'example.com', NUM: '25', NEG: '-7', STR: '"quoted x"', NOVAL: '' };
	take(
		[
			is('$def(SITE)', 'example.com'),
			is('$defn(SITE)', 0),
			is('$_s($defn(SITE)|$defn(NUM)|$defn(NOVAL)|$defn(NONE))', 'example.com|25||0'),
			is('$def(NUM)', '25'),
			is('$defn(NUM)', 25),
			is('$defn(NEG)', -7),
			is('$def(STR)', '"quoted x"'),
			is('$defn(STR)', 0),
			is('$def(NOVAL)', ''),
			is('$defn(NOVAL)', 0),
			is('$def(NONE)', null),
			is('$defn(NONE)', 0),
			is('$def($var(h))', null),
			is('$env(NUM)', '12'),
			is('$envn(NUM)', 12),
			is('$env(NONE)', null),
			is('$envn(NONE)', null),
			is('$envn(PATH)', 0),
			fails('$env()'),
			fails('$def()'),
			// newer than 5.6.3, from its source
			is('$defv(STR)', 'quoted x'),
			is('$defv(SITE)', 'example.com'),
			is('$defv(NONE)', null),
			is('$defs(STR)', '"quoted x"'),
			is('$defs(SITE)', '"example.com"'),
			is('$defs(NONE)', null),
		],
		{},
		{ defines, environment: { NUM: '12', PATH: '/bin' } },
	);
});

test('$ccp(core.debug) is the log threshold', () => {
	const world = new World();
	const ctx = world.request();
	for (const step of [
		is('$ccp(core.debug)', 3),
		set('$ccp(core.debug)', 1),
		is('$ccp(core.debug)', 1),
		set('$ccp(core.debug)', '2'),
		is('$ccp(core.debug)', 2),
		refused('$ccp(core.debug)', 'abc'),
		fails('$ccp(core.nope)'),
		refused('$ccp(core.nope)', 2),
		fails('$ccp(debug)'),
	])
		step(world, ctx);
	assert.equal(world.host.log.threshold, 2);
});

test('$K gives constants', () => {
	take([
		is('$K(IPv4)', 2),
		is('$K(IPv6)', 10),
		is('$K(INET)', 2),
		is('$K(INET6)', 10),
		is('$K(UDP)', 1),
		is('$K(TCP)', 2),
		is('$K(TLS)', 3),
		is('$K(SCTP)', 4),
		is('$K(WS)', 5),
		is('$K(WSS)', 6),
		fails('$K(tcp)'),
		is('$C(rx)', '\x1b[0;31;49m'),
		is('$C(xx)', '\x1b[0;39;49m'),
		is('$C(xy)', '\x1b[0;39;43m'),
		is('$C(Rb)', '\x1b[1;31;44m'),
		is('$C(sx)', '\x1b[0;30;49m'),
		is('$C(gg)', '\x1b[0;32;42m'),
		is('$C(pp)', '\x1b[0;35;45m'),
		is('$C(cc)', '\x1b[0;36;46m'),
		is('$C(ww)', '\x1b[0;37;47m'),
		...['r', 'rrr', 'rk', 'KW', 'zz'].map((letters) => fails(`$C(${letters})`)),
		is('$cfg(line)', 0),
		is('$cfg(name)', null),
		is('$cfg(route)', null),
		fails('$cfg(x)'),
		fails('$null(x)'),
	]);
	// newer than 5.6.3, from its source
	const characters = {
		n: '\n',
		r: '\r',
		t: '\t',
		s: ' ',
		c: ',',
		q: '"',
		k: "'",
		i: ':',
		j: ';',
		b: '\\',
		v: '`',
	};
	take(Object.entries(characters).map(([letter, char]) => is(`$E${letter}`, char)));
});

test('variables of numbers that are new each time count on', () => {
	const world = new World({ startTime: 0x6b047323 });
	const ctx = world.request();
	const pid = process.pid.toString(16);
	is('$sruid', `srid-6b047323-${pid}-1`)(world, ctx);
	is('$sruid', `srid-6b047323-${pid}-2`)(world, ctx);
	const random = Array.from({ length: 50 }, () => read(ctx, '$RANDOM') as number);
	assert.ok(random.every((n) => Number.isInteger(n) && n >= 0 && n < 2 ** 31));
	assert.ok(new Set(random).size > 45);
});

test("the program's own version and the machine's name", () => {
	take([
		is('$version(num)', version),
		is('$version(full)', new RegExp(`^kemihost ${version}`)),
		is('$version(hash)', 'unknown'),
		is('$ksr(ver)', version),
		is('$ksr(verval)', /^\d+$/),
		is('$HN(n)', /./),
		is('$HN(f)', /./),
		fails('$HN(x)'),
		fails('$version'),
		fails('$ksr(attrs)'),
	]);
});

const REQUEST_URI = ['$ru', '$rU', '$rd', '$rp', '$rP', '$rz', '$rUl'];

test('$ru is null for a path, and becomes what it is set to', () => {
	take(
		[
			...REQUEST_URI.map((name) => fails(name, /no SIP URI; the request target is in \$hu/)),
			...['$ruri', '$ruri.user', '$ruri.domain', '$ou', '$ouri', '$oU', '$od', '$op', '$oP', '$oUl'].map(
				(name) => fails(name),
			),
			refused('$rU', 'u'),
			refused('$rd', 'd'),
			refused('$rp', 1),
			refused('$rU', null),
			is('$nh(u)', '/p?a=1'),
			fails('$nh(d)'),
			set('$ru', 'sip:bob@example.org'),
			is('$ruri', 'sip:bob@example.org'),
			is('$ruri.user', 'bob'),
			is('$ruri.domain', 'example.org'),
			is('$hu', '/p?a=1'),
			fails('$ou'),
			is('$nh(u)', 'sip:bob@example.org'),
			is('$nh(d)', 'example.org'),
			set('$rU', 'carol'),
			is('$ru', 'sip:carol@example.org'),
			set('$rd', 'other.net'),
			set('$rp', 7),
			is('$ru', 'sip:carol@other.net:7'),
			set('$rp', '8'),
			is('$rp', '8'),
			set('$rp', null),
			is('$ru', 'sip:carol@other.net'),
			set('$rU', null),
			is('$ru', 'sip:other.net'),
			set('$rU', 'x'),
			is('$ru', 'sip:x@other.net'),
			refused('$rd', null),
			refused('$ru', null),
			refused('$ru', 5),
			is('$ru', 'sip:x@other.net'),
			set('$ru', 'sip:u:p@h:1;t=2?q=3'),
			set('$rU', 'n'),
			set('$rd', 'hh'),
			set('$rp', ''),
			is('$ru', 'sip:n:p@hh;t=2?q=3'),
			set('$ru', ''),
			fails('$ru'),
		],
		GET,
	);
});

test('the parts of a SIP URI are read from $ru', () => {
	const uris: Readonly<Record<string, readonly (string | number | null)[]>> = {
		'sip:bob@example.org': ['bob', 'example.org', '5060', 'UDP', 'sip', 3],
		'sip:bob@example.org:5070;transport=tcp': ['bob', 'example.org', '5070', 'tcp', 'sip', 3],
		'sips:alice@host': ['alice', 'host', '5060', 'UDP', 'sips', 5],
		'sip:host': [null, 'host', '5060', 'UDP', 'sip', 0],
		'tel:+4912': ['+4912', null, '5060', 'UDP', 'tel', 5],
		'tel:+49;phone-context=x': ['+49', null, '5060', 'UDP', 'tel', 3],
		'sip:bob:pw@[::1]:9;user=phone': ['bob', '[::1]', '9', 'UDP', 'tel', 3],
		'urn:service:sos': ['service', 'sos', '5060', 'UDP', 'urn', 7],
		'sip:bob@example.org;transport=TLS': ['bob', 'example.org', '5061', 'TLS', 'sip', 3],
		'SIP:Bob@Ex.org': ['Bob', 'Ex.org', '5060', 'UDP', 'sip', 3],
		'sip:a@b?h=1': ['a', 'b', '5060', 'UDP', 'sip', 1],
		'sip:a%20b@c;x=y?z': ['a%20b', 'c', '5060', 'UDP', 'sip', 5],
		'sip:a@b:0': ['a', 'b', '0', 'UDP', 'sip', 1],
	};
	for (const [uri, parts] of Object.entries(uris))
		take([
			set('$ru', uri),
			is('$ru', uri),
			...REQUEST_URI.slice(1).map((name, i) => is(name, parts[i] ?? null)),
		]);
	for (const uri of [
		'http://x/y',
		'/path',
		'bob@x',
		'sip:@host',
		'sip::pw@h',
		'sip:a@',
		'sip:a@b:abc',
		'sip:a@b:70000',
	])
		take([set('$ru', uri), ...REQUEST_URI.map((name) => fails(name))]);
});

test('$du is null until it is set', () => {
	take([
		...['$du', '$duri', '$dd', '$dp', '$dP'].map((name) => is(name, null)),
		set('$du', 'sip:d.org:99;transport=tcp'),
		is('$duri', 'sip:d.org:99;transport=tcp'),
		is('$dd', 'd.org'),
		is('$dp', '99'),
		is('$dP', 'tcp'),
		is('$nh(u)', 'sip:d.org:99;transport=tcp'),
		set('$du', null),
		is('$du', null),
		set('$du', 'junk'),
		is('$du', 'junk'),
		fails('$dd'),
		set('$du', ''),
		is('$du', null),
		refused('$du', 3),
	]);
});

test('header fields of SIP are null if the request has none', () => {
	take([
		...[
			'$ci',
			'$cs',
			'$csb',
			'$fu',
			'$from',
			'$fU',
			'$from.user',
			'$fd',
			'$from.domain',
			'$fn',
			'$ft',
			'$fUl',
			'$Au',
			'$AU',
		].map((name) => fails(name)),
		...[
			'$tu',
			'$to',
			'$tU',
			'$to.user',
			'$td',
			'$to.domain',
			'$tn',
			'$tt',
			'$tUl',
			'$ct',
			'$ai',
			'$re',
			'$rt',
			'$di',
		].map((name) => is(name, null)),
		...['$dir', '$dip', '$dic', '$pu', '$pU', '$pd', '$pn', '$(ai[1])', '$(pu[1])'].map((name) =>
			is(name, null),
		),
		...['$fu', '$fU', '$fd', '$fn', '$tu', '$tU', '$td', '$tn', '$tUl'].map((name) => refused(name, 'v')),
		fails('$fu', /no From header/),
		fails('$ci', /no Call-ID header/),
		set('$ci', 'v'),
	]);
});

test('header fields of SIP are read where they are sent', () => {
	take(
		[
			is('$fu', 'sip:bob@f.org'),
			is('$fU', 'bob'),
			is('$fd', 'f.org'),
			is('$fn', '"Bob B"'),
			is('$ft', 'ft1'),
			is('$fUl', 3),
			is('$Au', 'bob@f.org'),
			is('$AU', 'bob'),
			is('$tu', 'sip:t@t.org'),
			is('$tU', 't'),
			is('$td', 't.org'),
			is('$tn', null),
			is('$tt', 'tt1'),
			is('$tUl', 1),
			is('$ci', 'cid@x'),
			is('$cs', '12'),
			is('$csb', '12 GET'),
			is('$ct', '<sip:c@c>'),
			is('$ai', 'sip:pai@x'),
			is('$re', 'sip:rp@x'),
			is('$rt', 'sip:rt@x'),
			is('$di', 'sip:dv@x'),
			is('$dir', 'busy'),
			is('$dip', null),
			is('$pu', 'sip:ppi@pd'),
			is('$pU', 'ppi'),
			is('$pd', 'pd'),
			is('$pn', '"D"'),
		],
		{
			headers: [
				['From', '"Bob B" <sip:bob@f.org>;tag=ft1'],
				['To', '<sip:t@t.org>;tag=tt1'],
				['Call-ID', 'cid@x'],
				['CSeq', '12 GET'],
				['Contact', '<sip:c@c>'],
				['P-Asserted-Identity', '<sip:pai@x>'],
				['Remote-Party-ID', '<sip:rp@x>'],
				['Refer-To', '<sip:rt@x>'],
				['Diversion', '<sip:dv@x>;reason=busy'],
				['P-Preferred-Identity', '"D" <sip:ppi@pd>'],
			],
		},
	);
	take([is('$fu', 'bob@f.org'), fails('$fU'), fails('$fd'), is('$fn', null), is('$ft', null), fails('$Au')], {
		headers: [['From', 'bob@f.org']],
	});
});

test('variables of SIP header fields that are newer than 5.6.3 (from its source)', () => {
	take([is('$tts', 0), is('$cts', null), is('$ctu', null), fails('$ful'), is('$rul', 1)]);
	take([is('$tts', 1), is('$cts', 0), is('$ctu', 'sip:c@d'), is('$ful', 7)], {
		headers: [
			['To', '<sip:t@t>;tag=1'],
			['From', '<sip:a@b>'],
			['Contact', '<sip:c@d>'],
		],
	});
	take([is('$tts', 0), is('$cts', 1)], {
		headers: [
			['To', '<sip:t@t>'],
			['Contact', '*'],
		],
	});
});

test('variables of SIP that HTTP has nothing for', () => {
	take([
		...[
			'$rs',
			'$rr',
			'$br',
			'$bR',
			'$branch(uri)',
			'$fs',
			'$fsn',
			'$snd(ip)',
			'$sndto(ip)',
			'$sndfrom(ip)',
			'$rcv(buf)',
		].map((name) => is(name, null)),
		...[
			'$rpl(duri)',
			'$expires(min)',
			'$pcv(all)',
			'$err.class',
			'$err.rreason',
			'$ruid',
			'$location_ua',
		].map((name) => is(name, null)),
		is('$rsi', 0),
		is('$fsp', 0),
		fails('$ds', /no branches/),
		fails('$sbranch(uri)', /not set/),
		...['$sel(ruri)', '$lsock(socket)', '$ltt(gf)'].map((name) => fails(name, /an HTTP request has no/)),
		...['$snd', '$rs(x)', '$(rs[0])', '$err'].map((name) => fails(name)),
	]);
});

test('the request cannot be changed: setting what is read-only does nothing', () => {
	take(
		[
			...[
				'$rm',
				'$si',
				'$hu',
				'$hdr(Host)',
				'$mb',
				'$true',
				'$null',
				'$def(X)',
				'$time(sec)',
				'$_s(x)',
				'$K(TCP)',
				'$rc',
			].flatMap((name) => [set(name, 'v'), set(name, 5), set(name, null)]),
			is('$rm', 'GET'),
			is('$hdr(Host)', 'h'),
			is('$msgbuf(0)', 'G'),
			is('$msgbuf(1)', 'E'),
			refused('$msgbuf(0)', 'v'),
			is('$rm', 'GET'),
			fails('$msgbuf(99999)'),
			fails('$msgbuf(x)'),
		],
		GET,
	);
});

test('no two variables share a name, and each is described in one line', () => {
	const names = standardVariables.flatMap((variable) => variable.names);
	assert.deepEqual([...new Set(names)].length, names.length);
	for (const {
		names: [name],
		doc,
	} of standardVariables)
		assert.match(doc, /^[^\n]+\.$/, name);
});

test('a mistyped variable names the one that was meant', () => {
	const { host } = new World();
	assert.match((host.variables.variable('$hdrr(Host)') as PvSyntaxError).message, /did you mean hdr/);
});
