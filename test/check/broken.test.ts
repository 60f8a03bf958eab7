/**
 * Broken copies of every script and of the large routers: whatever is wrong, the tools say where and what, in the script's
 * own terms, and come to an end.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { enginesFor } from '../../engines/list.ts';
import { checkScript } from '../../src/check/check.ts';
import type { Finding } from '../../src/check/rule.ts';
import { ConfigError } from '../../src/config/kamailio/problem.ts';
import { KemihostError } from '../../src/errors.ts';
import type { HostOptions } from '../../src/host/options.ts';
import { withConfiguration } from '../../src/host/with-configuration.ts';
import { createHost } from '../../src/host.ts';
import { makeRequest } from '../../src/http/request.ts';
import { LEVELS } from '../../src/log/levels.ts';
import type { LogRecord } from '../../src/log/logger.ts';
import { ROOT } from '../../tools/command.ts';
import { type BrokenCopy, brokenCopies } from '../support/broken.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const SCRIPTS = [
	...readdirSync(`${ROOT}scripts`).map((name) => `scripts/${name}`),
	...readdirSync(`${ROOT}test/fixtures/router`).map((name) => `test/fixtures/router/${name}`),
].filter((path) => /\.(lua|js|cfg)$/.test(path) && !/test/.test(basename(path)));

const LIBRARY = Object.fromEntries(
	readdirSync(`${ROOT}scripts/lib`).map((lib) => [`lib/${lib}`, readFileSync(`${ROOT}scripts/lib/${lib}`)]),
);

/** Frames and paths of the host: nothing of it is for the author of a script. */
const OF_THE_HOST = /node:internal|file:\/\/|node_modules|\/(src|engines)\//;

const REQUESTS = ['/', '/health', '/api/stats', '/notes/1', '/sip/status?verbose=1'];

/** What a host says of a script: why it does not load, or what its log holds after some requests. */
async function run(options: HostOptions): Promise<{ error?: KemihostError; logs: LogRecord[] }> {
	const logs: LogRecord[] = [];
	try {
		await using host = await createHost({
			...options,
			logLevel: LEVELS.debug,
			log: (record) => void logs.push(record),
		});
		for (const target of REQUESTS) {
			const headers: [string, string][] = [['X-Api-Key', 's3cret']];
			const { status } = await host.dispatch(makeRequest({ target, headers }));
			assert.ok(status >= 200 && status <= 599, `${target} got ${status}`);
		}
		return { logs };
	} catch (error) {
		if (error instanceof KemihostError) return { error, logs };
		throw error;
	}
}

/** What check finds, as the command does it. */
async function check(
	script: string,
): Promise<{ findings: Finding[]; options: HostOptions; settings?: ConfigError }> {
	// what its first lines start it with
	const eventCallback = basename(script).startsWith('event-callback')
		? { eventCallback: 'on_http_request' }
		: {};
	const given = { script, limits: { cpu: 300, time: 3000 }, allowNet: ['none'] };
	try {
		const options = await withConfiguration({ ...given, ...(script.endsWith('.cfg') ? {} : eventCallback) });
		return { findings: await checkScript(options), options };
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		const options = given;
		return { findings: await checkScript(options, error), options, settings: error };
	}
}

/** Checks and runs one broken copy. */
async function survives(t: TestContext, name: string, { code, finding }: BrokenCopy, round: number) {
	const script = join(folderWith(t, { ...LIBRARY, [name]: code }), name);
	const { findings, options, settings } = await check(script);
	const lines = code.split('\n').length;
	for (const { rule, at, file, message } of findings) {
		assert.match(rule.code, /^KC\d{3}$/);
		assert.ok(at.line >= 1 && at.line <= lines && at.column >= 1, `${file}:${at.line}:${at.column}`);
		assert.doesNotMatch(message, OF_THE_HOST);
	}
	const errors = findings.filter(({ rule }) => rule.severity === 'error');
	if (finding)
		assert.ok(
			errors.some(({ rule, at }) => rule.name === finding.rule && at.line === finding.line),
			`${finding.rule} on line ${finding.line} is not among ${errors.map((e) => `${e.rule.name}:${e.at.line}`)}`,
		);
	const engines = enginesFor(options.script);
	const engine = engines[round % engines.length]?.name as string;
	const { error = settings, logs } = settings ? { logs: [] } : await run({ ...options, engine });
	if (error) {
		assert.ok(errors.length > 0, `it does not load (${error.describe()}), and check finds nothing`);
		assert.doesNotMatch(error.describe(), OF_THE_HOST);
		assert.match(error.describe(), /\[KH_[A-Z_]+\]/);
	} else
		assert.ok(!findings.some(({ rule }) => rule.name === 'compile'), `it loads: ${findings[0]?.message}`);
	for (const { level, text } of logs) {
		assert.notEqual(level, 'bug', text);
		assert.doesNotMatch(text, OF_THE_HOST);
	}
}

for (const path of SCRIPTS)
	test(`broken copies of ${path}`, async (t) => {
		const copies = brokenCopies(basename(path), readFileSync(ROOT + path, 'utf8'));
		assert.ok(copies.length >= 5);
		for (const [round, copy] of copies.entries())
			await survives(t, basename(path), copy, round).catch((error: Error) => {
				throw new Error(`${copy.what}: ${error.message}`, { cause: error });
			});
	});

/** A mistake on a line that is known, and what each tool ends with. */
const COMMANDS: [path: string, from: string, to: string, code: number][] = [
	['scripts/rest-api.lua', 'KSR.xhttp.xhttp_reply(', 'KSR.xhttp.xhttp_reply((', 3],
	['scripts/rest-api.js', 'KSR.xhttp.xhttp_reply(', 'KSR.xhttp.xhttp_reply((', 3],
	['templates/ts/handler.ts', 'KSR.xhttp.xhttp_reply(', 'KSR.xhttp.xhttp_reply((', 3],
	['scripts/rest-api.cfg', '\txhttp_reply("$var(code)"', '\txhttp_reply("$var(code")', 78],
];

for (const [path, from, to, code] of COMMANDS)
	test(`check, request, test and run of a broken ${path} name the line, and end`, async (t) => {
		const name = basename(path);
		const good = readFileSync(ROOT + path, 'utf8');
		const broken = good.replace(from, to);
		assert.notEqual(broken, good);
		const line = good.slice(0, good.indexOf(from)).split('\n').length;
		const tests = 'local t = require "kemihost.testing"\nt.test("asks", function() t.request("/") end)\n';
		const folder = folderWith(t, {
			...LIBRARY,
			[name]: broken,
			'test_it.lua': `${tests}t.use { script = "${name}" }\n`,
		});
		const says = async (ends: number, expected: RegExp, ...args: string[]) => {
			const command = kemihost(t, args, { cwd: folder });
			assert.equal(await command.ended, ends, args.join(' '));
			const said = command.stdout() + command.stderr();
			assert.match(said, expected, args.join(' '));
			assert.doesNotMatch(said, OF_THE_HOST);
		};
		// Lua tells of a parenthesis where it misses its end, which may be a line below
		const place = new RegExp(
			`${name.replace('.', '\\.')}:(${line}|${line + 1}|${line + 2})(:\\d+)?: (.*\\[K|.*\\n.*xhttp_reply)`,
		);
		await says(1, place, 'check', name);
		await says(1, /:\d+:\d+: error: .*\[KC001 compile\]/, 'check', name);
		await says(code, place, 'request', name, '/');
		await says(1, place, 'test');
		await says(code, place, 'run', name, '--listen=127.0.0.1:0', '--children=1');
	});
