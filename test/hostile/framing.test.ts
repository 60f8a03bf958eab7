/**
 * Requests whose end a proxy and this host could see in different places, over a real socket. Behind each stands a
 * request that only a smuggler would want to be read. And a witness: a connection that is served all the while.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createHost, type Host } from '../../src/host.ts';
import { scriptPath } from './fixtures.ts';
import { RawClient, type Reply, requestFor } from './wire.ts';

const LIMITS = { url: 300, headers: 2000, body: 1000 };
const SMUGGLED = requestFor('/smuggled');
const CHUNKED = 'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n';

let host: Host;
let port: number;
let witness: RawClient;
let asked = 0;

before(async () => {
	host = await createHost({ script: scriptPath('echo', 'lua'), limits: LIMITS, log: () => {} });
	({ port } = await host.listen());
	witness = await RawClient.connect(port);
});
after(async () => {
	witness.socket.destroy();
	await host.close();
});

/** The witness asks for something and gets it. */
async function witnessIsServed(): Promise<void> {
	const expected = `GET|/witness/${++asked}|||h|`;
	witness.send(requestFor(`/witness/${asked}`));
	const replies = await witness.replies(asked);
	assert.equal(replies.length, asked);
	assert.equal(replies.at(-1)?.body, expected);
}

/** A request with some header lines, and five bytes of content. */
const withLines = (lines: string, content = 'hello') =>
	`POST / HTTP/1.1\r\nHost: h\r\n${lines}\r\n${content}`;
/** A request with chunks as given. */
const withChunks = (chunks: string) => `${CHUNKED}\r\n${chunks}`;

/** What is refused: [what, bytes, status]. */
const REFUSED: [what: string, bytes: string, status: number][] = [
	// where the content ends
	['two lengths', withLines('Content-Length: 5\r\nContent-Length: 5\r\n'), 400],
	['two lengths that differ', withLines('Content-Length: 5\r\ncontent-length: 0\r\n'), 400],
	['a list of lengths', withLines('Content-Length: 5, 5\r\n'), 400],
	['a signed length', withLines('Content-Length: +5\r\n'), 400],
	['a negative length', withLines('Content-Length: -5\r\n'), 400],
	['a hexadecimal length', withLines('Content-Length: 0x5\r\n'), 400],
	['a length with a fraction', withLines('Content-Length: 5.0\r\n'), 400],
	['a length with an exponent', withLines('Content-Length: 5e0\r\n'), 400],
	['a length and something behind it', withLines('Content-Length: 5 5\r\n'), 400],
	['an empty length', withLines('Content-Length:\r\n'), 400],
	['a length in Arabic digits', withLines('Content-Length: \xd9\xa5\r\n'), 400],
	['a length with a no-break space', withLines('Content-Length: 5\xa0\r\n'), 400],
	['a length of more digits than fit', withLines(`Content-Length: ${'9'.repeat(30)}\r\n`), 400],
	['a length beyond the limit', withLines('Content-Length: 1001\r\n'), 413],
	['a length on the next line', withLines('Content-Length:\r\n 5\r\n'), 400],
	['a length that goes on in the next line', withLines('Content-Length: 5\r\n\t0\r\n'), 400],
	['a length and chunks', withLines('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'), 400],
	['chunks and a length', withLines('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', '0\r\n\r\n'), 400],
	[
		'chunks twice',
		withLines('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
		400,
	],
	[
		'chunks, and something else',
		withLines('Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n', '0\r\n\r\n'),
		400,
	],
	['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
	['a coding on the next line', withLines('Transfer-Encoding:\r\n chunked\r\n', '0\r\n\r\n'), 400],
	['a coding that goes on in the next line', withLines('Transfer-Encoding: chunked\r\n , identity\r\n'), 400],
	['the coding identity', withLines('Transfer-Encoding: identity\r\n'), 501],
	['a list of codings', withLines('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'), 501],
	['chunked not last', withLines('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'), 501],
	['chunked with a parameter', withLines('Transfer-Encoding: chunked;q=1\r\n', '0\r\n\r\n'), 501],
	['chunked in quotes', withLines('Transfer-Encoding: "chunked"\r\n', '0\r\n\r\n'), 501],
	['chunked and a comma', withLines('Transfer-Encoding: chunked,\r\n', '0\r\n\r\n'), 501],
	['nearly chunked', withLines('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), 501],
	['an empty coding', withLines('Transfer-Encoding:\r\n', '0\r\n\r\n'), 501],
	['a vertical tab before chunked', withLines('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'), 400],
	['a NUL behind chunked', withLines('Transfer-Encoding: chunked\0\r\n', '0\r\n\r\n'), 400],

	// names and lines
	['a blank before the colon of a length', withLines('Content-Length : 5\r\n'), 400],
	['a tab before the colon of a coding', withLines('Transfer-Encoding\t: chunked\r\n', '0\r\n\r\n'), 400],
	['a control character before the colon', withLines('Content-Length\x0b: 5\r\n'), 400],
	['a blank in a name', withLines('Content Length: 5\r\n'), 400],
	['a NUL in a name', withLines('Content\0-Length: 5\r\n'), 400],
	['a byte above ASCII in a name', withLines('Content-Length\xa0: 5\r\n'), 400],
	['a first header line that is folded', `GET / HTTP/1.1\r\n Content-Length: 5\r\nHost: h\r\n\r\n`, 400],
	['a line without a colon', withLines('Content-Length 5\r\n'), 400],
	['a line without a name', withLines(': 5\r\n'), 400],
	...[...'()<>@,;\\"/[]?={}\x7f'].map((char): [string, string, number] => [
		`${JSON.stringify(char)} in a name`,
		withLines(`X${char}Y: 5\r\n`),
		400,
	]),
	['a NUL in a value', withLines('X-A: a\0b\r\n'), 400],
	['a control character in a value', withLines('X-A: a\x01b\r\n'), 400],
	['a delete character in a value', withLines('X-A: a\x7fb\r\n'), 400],
	['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
	['the same host twice', 'GET / HTTP/1.1\r\nHost: h\r\nhost: h\r\n\r\n', 400],
	['a host that goes on in the next line', 'GET / HTTP/1.1\r\nHost: h\r\n .evil\r\n\r\n', 400],
	[
		'a Connection that goes on in the next line',
		'GET / HTTP/1.1\r\nHost: h\r\nConnection: x,\r\n close\r\n\r\n',
		400,
	],
	['lines that end with LF', 'GET / HTTP/1.1\nHost: h\n\n', 400],
	['one line that ends with LF', 'GET / HTTP/1.1\r\nX-A: a\nContent-Length: 5\r\n\r\n', 400],
	['a head that ends with LF', 'GET / HTTP/1.1\r\nHost: h\r\n\n', 400],
	['a line that ends with CR', 'GET / HTTP/1.1\r\nX-A: a\rContent-Length: 5\r\n\r\n', 400],
	['a line that ends with CR CR LF', 'GET / HTTP/1.1\r\nX-A: a\r\r\nHost: h\r\n\r\n', 400],
	['an empty line that ends with LF', '\nGET / HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['many empty lines', `${'\r\n'.repeat(9)}GET / HTTP/1.1\r\nHost: h\r\n\r\n`, 400],

	// request lines
	['HTTP/0.9', 'GET /\r\n\r\n', 400],
	['HTTP/0.9 by number', 'GET / HTTP/0.9\r\n\r\n', 505],
	["HTTP/2's preface", 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
	['HTTP/3.0', 'GET / HTTP/3.0\r\nHost: h\r\n\r\n', 505],
	['a version in lower case', 'GET / http/1.1\r\nHost: h\r\n\r\n', 400],
	['a version without a dot', 'GET / HTTP/11\r\nHost: h\r\n\r\n', 400],
	['a version of more digits', 'GET / HTTP/1.11\r\nHost: h\r\n\r\n', 400],
	['something behind the version', 'GET / HTTP/1.1 \r\nHost: h\r\n\r\n', 400],
	['no method', ' / HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['no target', 'GET  HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['a blank in the target', 'GET /a /b HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['a tab for a blank', 'GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['a NUL in the target', 'GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['a delete character in the target', 'GET /\x7f HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['a separator in the method', 'GE(T / HTTP/1.1\r\nHost: h\r\n\r\n', 400],
	['a request for SIP', 'OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\n\r\n', 400],
	['a reply', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 400],
	['a greeting for TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
	['a greeting for SOCKS', '\x05\x01\x00\r\n\r\n', 400],
	['a header beyond the limit', withLines(`X-A: ${'x'.repeat(2500)}\r\n`), 431],
	['a target beyond the limit', `GET /${'x'.repeat(300)} HTTP/1.1\r\nHost: h\r\n\r\n`, 414],
	['a method beyond any limit', `${'X'.repeat(2500)} / HTTP/1.1\r\nHost: h\r\n\r\n`, 414],

	// chunks
	...[
		'G',
		'-5',
		'+5',
		'0x5',
		' 5',
		'5 5',
		'5,',
		'',
		'5.',
		'000000005',
		'FFFFFFFFFFFFFFFF',
		'5\0',
		'5;\0',
		'5;a\x01b',
	].map((size): [string, string, number] => [
		`the chunk size ${JSON.stringify(size)}`,
		withChunks(`${size}\r\nhello\r\n0\r\n\r\n`),
		400,
	]),
	['a chunk size that ends with LF', withChunks('5\nhello\r\n0\r\n\r\n'), 400],
	['a chunk size that ends with CR', withChunks('5\rhello\r\n0\r\n\r\n'), 400],
	['a line end inside of an extension', withChunks('5;a=\nb\r\nhello\r\n0\r\n\r\n'), 400],
	['an extension without end', withChunks(`5;${'x'.repeat(300)}\r\nhello\r\n0\r\n\r\n`), 400],
	['extensions without end', withChunks(`1;${'x'.repeat(200)}\r\na\r\n`.repeat(20)), 413],
	['a chunk beyond the limit', withChunks('FFFFFFFF\r\nhello\r\n0\r\n\r\n'), 413],
	['chunks beyond the limit', withChunks(`${'64\r\n'}${'x'.repeat(100)}\r\n`.repeat(11)), 413],
	['a chunk that is longer than it says', withChunks('4\r\nhello\r\n0\r\n\r\n'), 400],
	['a chunk that is shorter than it says', withChunks('6\r\nhello\r\n0\r\n\r\n'), 400],
	['a chunk that ends with LF', withChunks('5\r\nhello\n0\r\n\r\n'), 400],
	['a trailer that ends with LF', withChunks('0\r\nX-A: a\n\r\n'), 400],
	['a trailer without a colon', withChunks('0\r\nX-A\r\n\r\n'), 400],
	['a trailer with a NUL', withChunks('0\r\nX-A: \0\r\n\r\n'), 400],
	['trailers beyond the limit', withChunks(`0\r\n${'X-A: a\r\n'.repeat(400)}\r\n`), 431],
];

for (const [what, bytes, status] of REFUSED)
	test(`refused with ${status}: ${what}`, async (t) => {
		const client = await RawClient.open(t, port);
		client.send(bytes + SMUGGLED);
		const { replies, ending } = await client.all();
		assert.deepEqual(statuses(replies), [status]);
		assert.equal(replies[0]?.headers.get('connection'), 'close');
		assert.doesNotMatch(client.received, /smuggled/);
		assert.equal(ending, 'ended');
		await witnessIsServed();
	});

function statuses(replies: readonly Reply[]): number[] {
	return replies.map(({ status }) => status);
}

/** What is read, with the host's answer: [what, bytes, content of the reply]. */
const TAKEN: [what: string, bytes: string, body: string][] = [
	['a length with blanks around it', withLines('Content-Length: \t 5 \t\r\n'), 'POST|/|hello||h|'],
	['a length with zeros', withLines('Content-Length: 0005\r\n'), 'POST|/|hello||h|'],
	['a name in capitals', withLines('CONTENT-LENGTH:5\r\n'), 'POST|/|hello||h|'],
	['no length for POST', 'POST / HTTP/1.1\r\nHost: h\r\n\r\n', 'POST|/|||h|'],
	['content for GET', 'GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello', 'GET|/|hello||h|'],
	['a name that only looks like a length', withLines('Content_Length: 99\r\n', ''), 'POST|/|||h|'],
	['chunks', withChunks('5\r\nhello\r\n0\r\n\r\n'), 'POST|/|hello||h|'],
	[
		'chunks in other cases',
		withLines('transfer-ENCODING: cHuNkEd \r\n', 'A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n'),
		'POST|/|01234567890123456789||h|',
	],
	['a chunk size with zeros', withChunks('00000005\r\nhello\r\n00000000\r\n\r\n'), 'POST|/|hello||h|'],
	['extensions', withChunks('5;a=b;c="d\\";e"\r\nhello\r\n0 ; last\r\n\r\n'), 'POST|/|hello||h|'],
	[
		'trailers, which are dropped',
		withChunks('0\r\nX-Echo: trailer\r\nContent-Length: 99\r\n\r\n'),
		'POST|/|||h|',
	],
	[
		'content that looks like a request',
		withLines(`Content-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
		`POST|/|${SMUGGLED}||h|`,
	],
	[
		'another field on several lines',
		'GET / HTTP/1.1\r\nHost: h\r\nX-Echo: a\r\n b\r\n\r\n',
		'GET|/||a\r\n b|h|',
	],
	['a target with another host', 'GET http://other/x HTTP/1.1\r\nHost: h\r\n\r\n', 'GET|http://other/x|||h|'],
	['CONNECT', 'CONNECT other:443 HTTP/1.1\r\nHost: h\r\n\r\n', 'CONNECT|other:443|||h|'],
	['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n', 'OPTIONS|*|||h|'],
	['a method of its own', 'x-Y_z!~ / HTTP/1.1\r\nHost: h\r\n\r\n', 'x-Y_z!~|/|||h|'],
	['no host', 'GET / HTTP/1.1\r\n\r\n', 'GET|/||||'],
	['a field without a value', 'GET / HTTP/1.1\r\nHost: h\r\nX-Echo:\r\n\r\n', 'GET|/|||h|'],
	[
		'an upgrade that nobody does',
		'GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n\r\n',
		'GET|/|||h|',
	],
	['a few empty lines', `${'\r\n'.repeat(8)}GET / HTTP/1.1\r\nHost: h\r\n\r\n`, 'GET|/|||h|'],
	['a line end behind the content', withLines('Content-Length: 5\r\n', 'hello\r\n'), 'POST|/|hello||h|'],
	[
		'an expectation that is none',
		withLines('Content-Length: 5\r\nExpect: the unexpected\r\n'),
		'POST|/|hello||h|',
	],
	['many short fields', `GET / HTTP/1.1\r\nHost: h\r\n${'a:\r\n'.repeat(450)}\r\n`, 'GET|/|||h|'],
];

for (const [what, bytes, body] of TAKEN)
	test(`read: ${what}`, async (t) => {
		const client = await RawClient.open(t, port);
		client.send(bytes + SMUGGLED).half();
		const { replies, ending } = await client.all();
		assert.deepEqual(statuses(replies), [200, 200]);
		assert.deepEqual(
			replies.map((reply) => reply.body),
			[body, 'GET|/smuggled|||h|'],
		);
		assert.equal(ending, 'ended');
		await witnessIsServed();
	});

/** Which requests are the last of their connection. */
const LAST: [what: string, head: string, last: boolean][] = [
	['Connection: close', 'GET / HTTP/1.1\r\nConnection: close\r\n', true],
	['close with blanks behind it', 'GET / HTTP/1.1\r\nConnection: close \t\r\n', true],
	['close in a list', 'GET / HTTP/1.1\r\nConnection: keep-alive , CLOSE\r\n', true],
	['close in a second field', 'GET / HTTP/1.1\r\nConnection: x\r\nConnection: close\r\n', true],
	['a word that contains close', 'GET / HTTP/1.1\r\nConnection: closed, xclose\r\n', false],
	['HTTP/1.0', 'GET / HTTP/1.0\r\n', true],
	['HTTP/1.0 with keep-alive', 'GET / HTTP/1.0\r\nConnection: Keep-Alive \r\n', false],
	['HTTP/1.0 with keep-alive and close', 'GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n', true],
];

for (const [what, head, last] of LAST)
	test(`${last ? 'ends' : 'keeps'} the connection: ${what}`, async (t) => {
		const client = await RawClient.open(t, port);
		client.send(`${head}\r\n${SMUGGLED}`).half();
		const { replies } = await client.all();
		assert.deepEqual(statuses(replies), last ? [200] : [200, 200]);
		if (last) assert.equal(replies[0]?.headers.get('connection'), 'close');
	});

test('100 Continue is for those who can wait for it', async (t) => {
	const head = (version: string) =>
		`POST / HTTP/${version}\r\nContent-Length: 5\r\nExpect: 100-Continue \r\n\r\n`;
	const client = await RawClient.open(t, port);
	client.send(head('1.1'));
	await client.until((text) => text === 'HTTP/1.1 100 Continue\r\n\r\n');
	client.send('hello');
	assert.equal((await client.replies(1))[0]?.body, 'POST|/|hello|||');

	const old = await RawClient.open(t, port);
	old.send(`${head('1.0')}hello`);
	await old.all();
	assert.match(old.received, /^HTTP\/1\.1 200 OK/);
});

test('what was asked for before the malformed bytes is answered, and nothing behind them', async (t) => {
	const client = await RawClient.open(t, port);
	client.send(`${requestFor('/1')}${requestFor('/2')}${withLines('Content-Length: 1, 1\r\n')}${SMUGGLED}`);
	const { replies } = await client.all();
	assert.deepEqual(statuses(replies), [200, 200, 400]);
	await witnessIsServed();
});

test('HEAD is answered without content, even where the host refuses what comes next', async (t) => {
	const client = await RawClient.open(t, port);
	client.send('HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
	assert.equal(await client.ending, 'ended');
	assert.match(client.received, /\r\nContent-Length: 12\r\n\r\n$/);
});

test('megabytes of blanks in lengths and codings are looked at once', async (t) => {
	const long = await createHost({
		script: scriptPath('echo', 'lua'),
		limits: { headers: 65_536 },
		log: () => {},
	});
	t.after(() => long.close());
	const endpoint = await long.listen();
	const began = performance.now();
	for (const name of ['Content-Length', 'Transfer-Encoding'])
		for (let i = 0; i < 10; i++) {
			const client = await RawClient.open(t, endpoint.port);
			client.send(withLines(`${name}: 1${' '.repeat(60_000)}x\r\n`));
			const { replies } = await client.all();
			assert.ok([400, 501].includes(replies[0]?.status ?? 0));
		}
	assert.ok(performance.now() - began < 20_000, 'not a second for each, or more');
});
