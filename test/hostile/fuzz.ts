/**
 * Fuzzers: random input, and what has to hold whatever it is.
 *
 * As a command: `npm run fuzz -- [--seconds 60] [--seed 1] [name …]`. It says which input broke what, with the
 * seed to see it again. `fuzz.test.ts` gives each of them a second.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import yargs from 'yargs';
import { KSR_ENGINES } from '../../engines/list.ts';
import { createHost, type Host } from '../../src/host.ts';
import { HttpParseError, RequestParser } from '../../src/http/parser.ts';
import { type HttpRequest, makeRequest } from '../../src/http/request.ts';
import { ScriptThrow } from '../../src/kemi/throw.ts';
import type { RawValue } from '../../src/kemi/value.ts';
import { withDefaults } from '../../src/limits.ts';
import { LEVELS } from '../../src/log/levels.ts';
import type { LogRecord } from '../../src/log/logger.ts';
import { anyConfig, readsOrRefuses } from '../config/any-config.ts';
import { World } from '../support/context.ts';
import { scriptPath } from './fixtures.ts';
import { RawClient, requestFor } from './wire.ts';

/** How long, and from where. */
export interface Budget {
	readonly milliseconds: number;
	readonly seed: number;
}

/** Runs until the budget is used up; gives the number of runs. Throws where something did not hold. */
export type Fuzzer = (budget: Budget) => Promise<number>;

/** Checks a property until the budget is used up. */
async function runFor<T>(
	{ milliseconds, seed }: Budget,
	input: fc.Arbitrary<T>,
	check: (value: T) => Promise<void> | void,
): Promise<number> {
	const property = fc.asyncProperty(input, async (value) => check(value));
	const details = await fc.check(property, {
		seed,
		numRuns: Number.MAX_SAFE_INTEGER,
		interruptAfterTimeLimit: milliseconds,
		markInterruptAsFailure: false,
	});
	if (!details.failed) return details.numRuns;
	throw new Error(fc.defaultReportMessage(details) ?? 'a property does not hold', {
		cause: details.errorInstance,
	});
}

// What goes in

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const bytes = (maxLength: number) => fc.array(byte, { maxLength }).map((list) => list.join(''));

/** Pieces of HTTP, good and bad. HEAD is missing: what answers it cannot be told from the next reply's start. */
const httpPiece = fc.constantFrom(
	'GET ',
	'POST ',
	'PUT ',
	'/',
	'/a?b=c',
	'*',
	'http://h/',
	' HTTP/1.1',
	' HTTP/1.0',
	' HTTP/2.0',
	'\r\n',
	'\r\n\r\n',
	'\n',
	'\r',
	' ',
	'\t',
	':',
	'\0',
	'Host: h\r\n',
	'Host: h',
	'Content-Length: 5\r\n',
	'Content-Length: 0\r\n',
	'Content-Length : 5\r\n',
	'Content-Length:\t5\r\n',
	'content-length: 05\r\n',
	'Content-Length: 1048577\r\n',
	'Transfer-Encoding: chunked\r\n',
	'Transfer-Encoding: x\r\n',
	'Transfer-Encoding:\r\n chunked\r\n',
	'Connection: close\r\n',
	'Connection: keep-alive\r\n',
	'Expect: 100-continue\r\n',
	'hello',
	'5\r\nhello\r\n',
	'0\r\n\r\n',
	'0\r\nX: y\r\n\r\n',
	'5;a=b\r\nhello\r\n',
	'a\r\n0123456789\r\n',
	'X-Echo: a\r\n',
	'X-Echo: a\r\n b\r\n',
	'\x80: x\r\n',
	';',
	',',
	'5',
	'ffffffff',
);

/** A request as it should be, with a body by length or in chunks. */
const goodRequest = fc
	.record({
		method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
		target: fc.constantFrom('/', '/a', '/a/b?c=d', '/%00', '/a%20b'),
		fields: fc.array(
			fc.constantFrom('X-Echo: a', 'x-b:', 'Accept: */*', 'Connection: keep-alive', 'X-C: \xe9'),
			{ maxLength: 3 },
		),
		body: fc.option(bytes(20), { nil: undefined }),
		chunked: fc.boolean(),
	})
	.map(({ method, target, fields, body, chunked }) => {
		const lines = ['Host: h', ...fields];
		if (body !== undefined)
			lines.push(chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`);
		const chunk = body ? `${body.length.toString(16)}\r\n${body}\r\n` : '';
		const content = body === undefined ? '' : chunked ? `${chunk}0\r\n\r\n` : body;
		return `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${content}`;
	});

/** A change at a place, given as a fraction of the length. */
const mutation = fc.record({
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	remove: fc.nat(3),
	insert: fc.oneof(fc.constant(''), byte, httpPiece),
});

/** Several requests on one connection, some of them damaged. */
const stream = fc
	.record({
		parts: fc.array(
			fc.oneof({ arbitrary: goodRequest, weight: 4 }, { arbitrary: httpPiece, weight: 1 }, bytes(30)),
			{
				minLength: 1,
				maxLength: 4,
			},
		),
		mutations: fc.array(mutation, { maxLength: 3 }),
	})
	.map(({ parts, mutations }) => {
		let text = parts.join('');
		for (const { at, remove, insert } of mutations) {
			const place = Math.floor(at * text.length);
			text = text.slice(0, place) + insert + text.slice(place + remove);
		}
		return text;
	})
	.filter((text) => !/HEAD/i.test(text));

/** Places to cut a text at, as fractions of its length. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });

function cut(text: string, fractions: readonly number[]): string[] {
	const places = [...new Set(fractions.map((at) => Math.floor(at * text.length)))].sort((a, b) => a - b);
	return [0, ...places].map((at, i) => text.slice(at, places[i] ?? text.length));
}

/** Pieces of variables, transformations and other texts that KSR functions read. */
const kemiPiece = fc.constantFrom(
	'$',
	'(',
	')',
	'{',
	'}',
	'[',
	']',
	',',
	'.',
	'=>',
	'*',
	'-1',
	'0',
	'1',
	'2147483648',
	'1e9',
	'NaN',
	'$hu',
	'$rb',
	'$var(x)',
	'$avp(x)',
	'$xavp(a=>b)',
	'$(hu{s.len})',
	'$(rb{s.substr,',
	'{s.select,',
	'{re.subst,/',
	'/x/g}',
	'{param.value,',
	'{line.at,',
	'{s.sha256}',
	'{uri.host}',
	'{nameaddr.uri}',
	'{s.fmtlines,',
	'{s.replace,a,b}',
	'{json.parse,',
	'{s.decode.base64}',
	'{s.unescape.param}',
	'{val.json}',
	'{tobody}',
	'$hdr(',
	'$(hdr(X-A)[',
	'$_s(',
	'$def(',
	'$timef(%',
	'$shv(x)',
	'$sht(a=>b)',
	'$stat(',
	'$cnt(',
	'X-A',
	'sip:a@b:5060;x=y',
	'<sip:a@b>;tag=1',
	'"a" <sip:b@c>',
	'{"a":[1,{"b":2}]}',
	'a=b;c=d',
	'a=b&c=d',
	'%41%',
	'\\',
	'/',
	'^(a|b)*$',
	'(',
	'[[:alpha:]]',
	'127.0.0.1',
	'::1',
	'10.0.0.0/8',
	'\r\n',
	'X-B: y',
	'%s%d%',
	'L_INFO',
	'\0',
	'"',
	"'",
	'<null>',
);
const kemiText = fc
	.array(fc.oneof({ arbitrary: kemiPiece, weight: 5 }, bytes(6)), { maxLength: 8 })
	.map((list) => list.join(''));

const fieldValue = fc.oneof(kemiText, bytes(20)).map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, ''));
const request = fc
	.record({
		method: fc.oneof(fc.constantFrom('GET', 'POST', 'OPTIONS', 'x'), bytes(8)),
		target: fc.oneof(fc.constantFrom('/', '/a?b=c', 'sip:a@b', 'http://h/x', ''), kemiText, bytes(20)),
		version: fc.constantFrom('HTTP/1.1', 'HTTP/1.0'),
		headers: fc.array(
			fc.tuple(
				fc.constantFrom(
					'X-A',
					'Host',
					'Via',
					'From',
					'To',
					'Authorization',
					'Content-Type',
					'Contact',
					'CSeq',
					'Call-ID',
					'P-Asserted-Identity',
					'User-Agent',
					'Cookie',
				),
				fieldValue,
			),
			{ maxLength: 6 },
		),
		body: fc.oneof(kemiText, bytes(40)).map((text) => Buffer.from(text, 'latin1')),
	})
	.map((init) => makeRequest(init));

// What has to hold

/** Takes the log lines so far; gives those that should never be written. A script may write at any level. */
function takeBugs(logs: LogRecord[]): string[] {
	return logs
		.splice(0)
		.filter(({ level, origin }) => origin !== 'script' && LEVELS[level] <= LEVELS.critical)
		.map(({ text }) => text);
}

/** A host with a harmless script; its log lines so far. */
async function hostFor(script: string, engine?: string): Promise<{ host: Host; logs: LogRecord[] }> {
	const logs: LogRecord[] = [];
	const host = await createHost({
		script,
		...(engine === undefined ? {} : { engine }),
		limits: { cpu: 2000, headers: 2000, url: 500, body: 5000, headerTime: 5000, bodyTime: 5000, drain: 100 },
		log: (record) => void logs.push(record),
		logLevel: LEVELS.error,
	});
	return { host, logs };
}

/** A connection sends anything: what comes back is HTTP, the connection ends, and the next client is served. */
const wire: Fuzzer = async (budget) => {
	const { host, logs } = await hostFor(scriptPath('echo', 'lua'));
	const { port } = await host.listen();
	const witness = await RawClient.connect(port);
	let asked = 0;
	try {
		return await runFor(budget, fc.tuple(stream, cuts), async ([text, fractions]) => {
			const client = await RawClient.connect(port);
			for (const piece of cut(text, fractions))
				await new Promise((resolve) => client.socket.write(piece, 'latin1', resolve));
			client.half();
			const { ending } = await client.all();
			assert.equal(ending, 'ended');
			witness.received = '';
			witness.send(requestFor(`/${++asked}`));
			const [reply] = await witness.replies(1);
			assert.equal(reply?.body, `GET|/${asked}|||h|`);
			assert.deepEqual(takeBugs(logs), []);
		});
	} finally {
		witness.socket.destroy();
		await host.close();
	}
};

const CONNECTION = { ...makeRequest().connection };
const PARSER_LIMITS = withDefaults({ headers: 120, url: 40, body: 30 });

/** What a parser makes of pieces: its requests, and whether it refused to go on. */
function parse(pieces: readonly string[], limits = PARSER_LIMITS) {
	const parser = new RequestParser(limits, CONNECTION);
	const requests: (Pick<HttpRequest, 'method' | 'target' | 'head'> & { body: string; keepAlive: boolean })[] =
		[];
	try {
		for (const piece of pieces) {
			parser.push(Buffer.from(piece, 'latin1'));
			for (let next = parser.read(); next; next = parser.read()) {
				const { method, target, head, body } = next.request;
				requests.push({ method, target, head, body: body.toString('latin1'), keepAlive: next.keepAlive });
			}
		}
		return { requests, refused: false };
	} catch (error) {
		if (!(error instanceof HttpParseError)) throw error;
		return { requests, refused: true };
	}
}

/** A stream of bytes means the same however it is cut. */
const cutting: Fuzzer = (budget) =>
	runFor(budget, fc.tuple(stream, cuts), ([text, fractions]) => {
		const whole = parse([text]);
		assert.deepEqual(parse(cut(text, fractions)), whole);
		assert.deepEqual(parse([...text]), whole);
	});

/** Where this parser and Node's both read a request, they read the same: nobody can hide one between the two. */
const peer: Fuzzer = async (budget) => {
	let seen: string[] = [];
	let refused = false;
	const server = createServer(
		{ requireHostHeader: false, keepAliveTimeout: 60_000 },
		(message: IncomingMessage, reply) => {
			let body = '';
			message.setEncoding('latin1').on('data', (chunk: string) => {
				body += chunk;
			});
			message.on('end', () => {
				seen.push(`${message.method} ${message.url} ${body}`);
				reply.end();
			});
		},
	);
	server.on('clientError', (_error, socket) => {
		refused = true;
		socket.destroy();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		// what makes Node go other ways: another protocol, a tunnel, an expectation
		const plain = stream.filter(
			(text) => !/upgrade|connect|expect|PRI/i.test(text.replaceAll('Connection:', '')),
		);
		return await runFor(budget, plain, async (text) => {
			seen = [];
			refused = false;
			const client = await RawClient.connect(port);
			client.quiet = true;
			client.send(text).half();
			await client.ending;
			client.socket.destroy();
			const ours = parse([text], withDefaults());
			const mine: string[] = [];
			for (const { method, target, body, keepAlive } of ours.requests) {
				mine.push(`${method} ${target} ${body}`);
				if (!keepAlive) break;
			}
			const both = Math.min(mine.length, seen.length);
			assert.deepEqual(mine.slice(0, both), seen.slice(0, both));
			if (!ours.refused && !refused) assert.equal(mine.length, seen.length);
		});
	} finally {
		server.closeAllConnections();
		server.close();
	}
};

/** Any request, in any engine: an answer, the same one twice, and nothing goes wrong inside of the host. */
const dispatch: Fuzzer = async (budget) => {
	const hosts = await Promise.all(
		KSR_ENGINES.map(({ name, language }) =>
			hostFor(scriptPath('read-all', language === 'lua' ? 'lua' : 'js'), name),
		),
	);
	try {
		return await runFor(budget, request, async (asked) => {
			for (const { host, logs } of hosts) {
				const first = await host.dispatch(asked);
				const second = await host.dispatch(asked);
				assert.equal(first.status, 200, logs.map(({ text }) => text).join('\n'));
				assert.deepEqual(second, first, host.engineName);
				assert.deepEqual(takeBugs(logs), [], host.engineName);
			}
		});
	} finally {
		for (const { host } of hosts) await host.close();
	}
};

/** Any function with any arguments, as a script in either language could call it. */
const calls: Fuzzer = (budget) => {
	const world = new World({
		modparams: [{ module: 'htable', name: 'htable', value: 'a=>size=4;autoexpire=1' }],
	});
	// those that are there; what needs a SIP server only says so, and what waits would outlive the fuzzer
	const entries = world.host.exports.entries.filter(
		({ declaration }) => !declaration.unchecked && !declaration.waits,
	);
	const argument: fc.Arbitrary<RawValue> = fc.oneof(
		{ arbitrary: kemiText, weight: 5 },
		fc.constantFrom<RawValue>(
			0,
			1,
			-1,
			7,
			2 ** 31,
			-(2 ** 31),
			2 ** 53,
			0.5,
			Number.NaN,
			Number.POSITIVE_INFINITY,
			true,
			false,
			null,
			undefined,
		),
		fc.integer(),
	);
	const call = fc.record({
		entry: fc.constantFrom(...entries),
		args: fc.array(argument, { maxLength: 7 }),
		fitting: fc.boolean(),
		language: fc.constantFrom<'lua' | 'javascript'>('lua', 'javascript'),
	});
	return runFor(
		budget,
		fc.tuple(request, fc.array(call, { minLength: 1, maxLength: 5 })),
		async ([{ method, target, body }, list]) => {
			const ctx = world.request({ method, target, body });
			for (const { entry, args, fitting, language } of list) {
				const { params } = entry.declaration;
				const given = fitting ? params.map((_, i) => args[i] ?? '1') : [...args];
				try {
					await entry.call(ctx, given, language);
				} catch (error) {
					if (!(error instanceof ScriptThrow)) throw error;
				}
				assert.deepEqual(takeBugs(world.logs), [], entry.path);
			}
		},
	);
};

/** Any text as a kamailio.cfg: what it says, or what is wrong with it. */
const config: Fuzzer = (budget) => runFor(budget, anyConfig, readsOrRefuses);

/** All of them. */
export const FUZZERS: Readonly<Record<string, Fuzzer>> = { wire, cutting, peer, dispatch, calls, config };

if (import.meta.main) {
	const { names, seconds, seed } = await yargs(process.argv.slice(2))
		.scriptName('npm run fuzz --')
		.command(
			'$0 [names..]',
			'Looks for input that breaks something. Says with which seed it is seen again.',
			(command) =>
				command.positional('names', {
					type: 'string',
					array: true,
					choices: Object.keys(FUZZERS),
					default: Object.keys(FUZZERS),
					describe: 'the fuzzers that take part',
				}),
		)
		.options({
			seconds: { type: 'number', default: 60, describe: 'how long, all together' },
			seed: {
				type: 'number',
				default: Date.now() % 2 ** 31,
				defaultDescription: 'random',
				describe: 'where to begin',
			},
		})
		.strict()
		.version(false)
		.parseAsync();
	const milliseconds = (Number(seconds) * 1000) / (names as string[]).length;
	for (const name of names as string[]) {
		const runs = await (FUZZERS[name] as Fuzzer)({ milliseconds, seed: Number(seed) });
		process.stdout.write(`${name}: ${runs} runs with seed ${seed}, all well\n`);
	}
}
