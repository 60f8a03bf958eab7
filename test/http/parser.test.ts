import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HttpParseError, RequestParser } from '../../src/http/parser.ts';
import type { HttpRequest } from '../../src/http/request.ts';
import { withDefaults } from '../../src/limits.ts';

const limits = { ...withDefaults(), headers: 2000, url: 200, body: 1000 };
const connection = {
	id: 1,
	remote: { address: '127.0.0.1', port: 1 },
	local: { address: '127.0.0.1', port: 2 },
	secure: false,
};

/** Everything a client sent, as requests; the error that ended it comes as `status: message`. */
function parse(
	bytes: string,
	pieces: number[] = [],
): { requests: HttpRequest[]; keepAlive: boolean[]; error?: string } {
	const parser = new RequestParser(limits, connection);
	const requests: HttpRequest[] = [];
	const keepAlive: boolean[] = [];
	const buffer = Buffer.from(bytes, 'latin1');
	try {
		for (const [i, at] of [0, ...pieces].entries()) {
			parser.push(buffer.subarray(at, pieces[i] ?? buffer.length));
			for (let next = parser.read(); next; next = parser.read()) {
				requests.push(next.request);
				keepAlive.push(next.keepAlive);
			}
		}
		return { requests, keepAlive };
	} catch (error) {
		if (!(error instanceof HttpParseError)) throw error;
		return { requests, keepAlive, error: `${error.status}: ${error.message}` };
	}
}

test('a request comes out as it went in', () => {
	const { requests } = parse(
		'GET /a%20b?c=%zz HTTP/1.1\r\nHost: h\r\nX-A:no blank\r\nX-B: \t padded \t \r\n\r\n',
	);
	assert.equal(requests.length, 1);
	const [request] = requests;
	assert.equal(request?.method, 'GET');
	assert.equal(request?.target, '/a%20b?c=%zz');
	assert.equal(request?.version, 'HTTP/1.1');
	assert.deepEqual(request?.headers.names, ['Host', 'X-A', 'X-B']);
	assert.deepEqual(request?.headers.values, ['h', 'no blank', 'padded \t ']);
	assert.equal(request?.body.length, 0);
});

test('a folded line stays in the value as it came', () => {
	const { requests } = parse('GET / HTTP/1.1\r\nX-C: first\r\n second\r\n\tthird\r\nX-D: d\r\n\r\n');
	assert.deepEqual(requests[0]?.headers.values, ['first\r\n second\r\n\tthird', 'd']);
});

test('any method, lower case ones too, and any target without blanks', () => {
	for (const line of ['get /', 'FOO *', 'X-1 http://h/p', 'DELETE /\xff\xc3\xa9', 'PATCH a']) {
		const { requests, error } = parse(`${line} HTTP/1.1\r\nHost: h\r\n\r\n`);
		assert.equal(error, undefined, line);
		assert.equal(`${requests[0]?.method} ${requests[0]?.target}`, line);
	}
});

test('bodies: by length, in chunks, none', () => {
	const text =
		'POST /1 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello' +
		'POST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;ext="x"\r\n world\r\n0\r\nTrailer: t\r\n\r\n' +
		'POST /3 HTTP/1.1\r\ntransfer-encoding:  Chunked \r\n\r\n0\r\n\r\n' +
		'POST /4 HTTP/1.1\r\nX: y\r\n\r\n' +
		'GET /5 HTTP/1.1\r\ncontent-length: 0\r\n\r\n';
	const { requests, error } = parse(text);
	assert.equal(error, undefined);
	assert.deepEqual(
		requests.map((request) => request.target + request.body.toString()),
		['/1hello', '/2hello world', '/3', '/4', '/5'],
	);
});

test('a byte stream gives the same requests however it is cut', () => {
	const text =
		'\r\nPOST /1 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello' +
		'POST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\nA: b\r\n\r\n' +
		'GET /3 HTTP/1.0\r\nX: a\r\n b\r\n\r\n';
	const whole = parse(text);
	assert.equal(whole.requests.length, 3);
	fc.assert(
		fc.property(fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 12 }), (cuts) => {
			assert.deepEqual(
				parse(
					text,
					cuts.sort((a, b) => a - b),
				),
				whole,
			);
		}),
	);
});

test('what follows a request says whether the connection goes on', () => {
	const { keepAlive } = parse(
		'GET /1 HTTP/1.1\r\nHost: h\r\n\r\n' +
			'GET /2 HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n' +
			'GET /3 HTTP/1.0\r\nHost: h\r\n\r\n' +
			'GET /4 HTTP/1.1\r\nConnection: upgrade, Close\r\n\r\n',
	);
	assert.deepEqual(keepAlive, [true, true, false, false]);
});

const REFUSED: [what: string, bytes: string, error: string][] = [
	['no HTTP', 'hello there\r\n\r\n', '400: the request line is malformed'],
	['two blanks', 'GET  / HTTP/1.1\r\nHost: h\r\n\r\n', '400: the request line is malformed'],
	['a blank in the target', 'GET /a b HTTP/1.1\r\nHost: h\r\n\r\n', '400: the request line is malformed'],
	[
		'a control character in the target',
		'GET /a\x01 HTTP/1.1\r\nHost: h\r\n\r\n',
		'400: the request line is malformed',
	],
	['HTTP/0.9', 'GET /\r\n\r\n', '400: the request line is malformed'],
	['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '505: HTTP/2.0 is not spoken here'],
	['lines that end with LF alone', 'GET / HTTP/1.1\nHost: h\n\n', '400: a line ends with LF alone'],
	[
		'one line that ends with LF alone',
		'GET / HTTP/1.1\r\nA: b\nC: d\r\n\r\n',
		'400: a line ends with CR or LF alone',
	],
	['a bare CR', 'GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n', '400: a line ends with CR or LF alone'],
	['a NUL in a value', 'GET / HTTP/1.1\r\nA: b\0c\r\n\r\n', '400: a header line is malformed'],
	['a blank before the colon', 'GET / HTTP/1.1\r\nA : b\r\n\r\n', '400: a header line is malformed'],
	['a header without colon', 'GET / HTTP/1.1\r\nAb\r\n\r\n', '400: a header line is malformed'],
	['a header without name', 'GET / HTTP/1.1\r\n: b\r\n\r\n', '400: a header line is malformed'],
	['a folded first line', 'GET / HTTP/1.1\r\n A: b\r\n\r\n', '400: a header line is malformed'],
	['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n', '400: Host came twice'],
	[
		'two lengths',
		'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-length: 1\r\n\r\na',
		'400: Content-Length came twice',
	],
	[
		'a list of lengths',
		'POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\na',
		'400: Content-Length is no number',
	],
	['a signed length', 'POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na', '400: Content-Length is no number'],
	[
		'a hexadecimal length',
		'POST / HTTP/1.1\r\nContent-Length: 0x1\r\n\r\na',
		'400: Content-Length is no number',
	],
	[
		'a folded length',
		'POST / HTTP/1.1\r\nContent-Length: 1\r\n 0\r\n\r\na',
		'400: Content-Length is no number',
	],
	[
		'length and chunks',
		'POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
		'400: both Content-Length and Transfer-Encoding came',
	],
	[
		'two transfer codings',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
		'400: Transfer-Encoding came twice',
	],
	[
		'a coding that is not understood',
		'POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
		'501: of all transfer codings, only chunked is understood',
	],
	[
		'chunks in HTTP/1.0',
		'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
		'400: HTTP/1.0 has no Transfer-Encoding',
	],
	[
		'a chunk size that is none',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n',
		'400: a chunk size is malformed',
	],
	[
		'a chunk size with 0x',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n',
		'400: a chunk size is malformed',
	],
	[
		'a chunk that is longer than it says',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n',
		'400: a chunk is longer than its size',
	],
	[
		'chunks beyond the limit',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n',
		'413: the body is too large',
	],
	[
		'a trailer that is no header',
		'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA b\r\n\r\n',
		'400: a trailer is malformed',
	],
	[
		'a body beyond the limit',
		'POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n',
		'413: the body is too large',
	],
	['a long target', `GET /${'a'.repeat(200)} HTTP/1.1\r\n\r\n`, '414: the request target is too long'],
	['an endless request line', `GET /${'a'.repeat(4000)}`, '414: the request line is too long'],
	[
		'large headers',
		`GET / HTTP/1.1\r\nA: ${'a'.repeat(2000)}\r\n\r\n`,
		'431: the header fields are too large',
	],
	['endless headers', `GET / HTTP/1.1\r\n${'A: a\r\n'.repeat(600)}`, '431: the header fields are too large'],
];

for (const [what, bytes, error] of REFUSED)
	test(`refused: ${what}`, () => {
		const result = parse(bytes);
		assert.equal(result.error, error);
		assert.equal(result.requests.length, 0);
	});

test('random bytes never do more than raise an HttpParseError', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			'GET ',
			'/',
			' HTTP/1.1',
			'\r\n',
			'\r\n\r\n',
			'Host: h',
			': ',
			'\n',
			'Content-Length: 3',
			'\0',
		),
		fc.constantFrom('Transfer-Encoding: chunked', '3\r\nabc\r\n', '0\r\n\r\n', ' ', '\t', 'POST ', 'a=b;'),
		fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
	);
	fc.assert(
		fc.property(
			fc.array(piece, { maxLength: 30 }),
			fc.array(fc.nat(100), { maxLength: 4 }),
			(pieces, cuts) => {
				parse(
					pieces.join(''),
					cuts.sort((a, b) => a - b),
				);
			},
		),
		{ numRuns: 2000 },
	);
});
