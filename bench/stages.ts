/**
 * What the stages of a request cost, each measured alone: `npm run bench -- --stages`.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KSR_ENGINES } from '../engines/list.ts';
import { createHost } from '../src/host.ts';
import { RequestParser } from '../src/http/parser.ts';
import { serialize } from '../src/http/reply.ts';
import type { ConnectionInfo } from '../src/http/request.ts';
import { makeRequest } from '../src/http/request.ts';
import { withDefaults } from '../src/limits.ts';
import { LEVELS } from '../src/log/levels.ts';
import { timeOf } from './timing.ts';

const HEAD = 'GET /path HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n';
const REPLY = { status: 200, reason: 'OK', headers: 'Content-Type: text/html\r\n', body: 'x'.repeat(48) };

/** The bodies of handlers, each with one thing more than the first. */
const BODIES: Readonly<Record<string, { lua: string; js: string }>> = {
	'engine entry and exit': { lua: '', js: '' },
	'one KSR call, filtered log': { lua: 'KSR.dbg("x")', js: 'KSR.dbg("x");' },
	'one KSR.pv.get': { lua: 'local x = KSR.pv.get("$si")', js: 'const x = KSR.pv.get("$si");' },
	'one KSR.xhttp.xhttp_reply': {
		lua: 'KSR.xhttp.xhttp_reply(200, "OK", "text/html", "hello")',
		js: 'KSR.xhttp.xhttp_reply(200, "OK", "text/html", "hello");',
	},
};

function row(what: string, microseconds: number): void {
	console.log(`${what.padEnd(44)}${microseconds.toFixed(3).padStart(9)} µs`);
}

/** Parsing and writing, without a socket. */
function wireStages(): void {
	const endpoint = { address: '127.0.0.1', port: 8080 };
	const info: ConnectionInfo = {
		id: 1,
		remote: endpoint,
		local: endpoint,
		secure: false,
		socket: -1,
	} as ConnectionInfo;
	const bytes = Buffer.from(HEAD, 'latin1');
	const parser = new RequestParser(withDefaults(), info);
	row(
		'bytes to a request',
		timeOf(() => {
			parser.push(bytes);
			return parser.read();
		}),
	);
	const framing = { head: false, keepAlive: true, http10: false, server: 'Server: kemihost\r\n' };
	row(
		'a reply to bytes',
		timeOf(() => serialize(REPLY as Parameters<typeof serialize>[0], framing)),
	);
}

/** Measures and prints all of them. */
export async function measureStages(): Promise<void> {
	wireStages();
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-stages-'));
	for (const { name: engine, language } of KSR_ENGINES) {
		let empty = 0;
		for (const [what, body] of Object.entries(BODIES)) {
			const script = join(folder, language === 'lua' ? 'stage.lua' : 'stage.js');
			writeFileSync(
				script,
				language === 'lua'
					? `function ksr_xhttp_event() ${body.lua} end`
					: `function ksr_xhttp_event() { ${body.js} }`,
			);
			const host = await createHost({ script, engine, logLevel: LEVELS.error, log: () => {} });
			const request = makeRequest({ target: '/path' });
			const took = timeOf(() => host.dispatch(request));
			await host.close();
			if (empty === 0) empty = took;
			row(`${engine}: ${what}`, what in BODIES && took === empty ? took : took - empty);
		}
	}
	rmSync(folder, { recursive: true });
}
