/**
 * Calls that an engine may answer ahead, or do later than they are made: nobody may see a difference, in the first request and in those
 * that follow, when the engine knows the handler.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { LEVELS } from '../../src/log/levels.ts';
import { body, type EngineCase, js, lua, say } from './cases.ts';

/** Asks for each target in turn. */
const TARGETS = ['/a', '/b?x=1', '/c', '/d'];

/** In bytes. */
const LONG = 'Ã©'.repeat(300);

const REPLY = (text: string) => `KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "${text}")`;

export const AHEAD_CASES: readonly EngineCase[] = [
	{
		name: 'what a handler asks of the request is of this request each time',
		lua: lua(
			say('KSR.pv.get("$hu") .. KSR.hdr.gete("X-A") .. KSR.pv.gete("$hdr(X-B)") .. KSR.pv.get("$rm")'),
		),
		js: js(say('KSR.pv.get("$hu") + KSR.hdr.gete("X-A") + KSR.pv.gete("$hdr(X-B)") + KSR.pv.get("$rm")')),
		async check(host) {
			for (const [i, target] of TARGETS.entries()) {
				const headers: [string, string][] = i % 2 ? [['X-A', `<${i}>`]] : [['x-b', LONG.repeat(i)]];
				const value = i % 2 ? `<${i}>` : LONG.repeat(i);
				assert.equal(await body(host, target, { headers, method: 'PUT' }), `${target}${value}PUT`);
			}
		},
	},
	{
		name: 'a second reply is refused, where it stands',
		lua: lua(`local a = ${REPLY('first')}\nlocal b = ${REPLY('second')}\nKSR.info(a .. " " .. b)`),
		js: js(`var a = ${REPLY('first')};\nvar b = ${REPLY('second')};\nKSR.info(a + " " + b);`),
		async check(host) {
			for (let i = 0; i < 3; i++) {
				const before = host.logs.length;
				assert.equal(await body(host), 'first');
				const [refused, results] = host.logs.slice(before).map(({ text }) => text);
				assert.match(
					refused ?? '',
					/^handler\.(lua|js):3: the reply 200 is refused: a reply was sent already/,
				);
				assert.equal(results, '0 -1');
			}
		},
	},
	{
		name: 'a reply is not lost where the handler is stopped behind it',
		options: { limits: { cpu: 100 } },
		lua: lua(`${REPLY('said')} while true do end`),
		js: js(`${REPLY('said')}; while (true) {}`),
		async check(host) {
			for (let i = 0; i < 2; i++) assert.equal(await body(host), 'said');
			assert.equal(host.lines().filter((line) => /CPU limit/.test(line)).length, 2);
		},
	},
	{
		name: 'a reply is not lost where the handler fails behind it',
		lua: lua(`${REPLY('said')} error("no")`),
		js: js(`${REPLY('said')}; throw new Error("no");`),
		async check(host) {
			for (let i = 0; i < 2; i++) assert.equal(await body(host), 'said');
			assert.equal(host.lines().filter((line) => /handler\.(lua|js):2/.test(line)).length, 2);
		},
	},
	{
		name: 'header lines and the reply come as they were made',
		lua: lua(
			`for _, line in ipairs({"X-A: 1", "X-B: 2\\r\\n", "X-C: \\195\\169", "X-D", "Content-Length: 1", "X-E: 5"}) do KSR.info(KSR.hdr.append_to_reply(line)) end ${REPLY('it')}`,
		),
		js: js(
			`["X-A: 1", "X-B: 2\\r\\n", "X-C: é", "X-D", "Content-Length: 1", "X-E: 5"].forEach(function (line) { KSR.info(KSR.hdr.append_to_reply(line)); }); ${REPLY('it')};`,
		),
		async check(host) {
			for (let i = 0; i < 3; i++) {
				const before = host.logs.length;
				const { headers, body } = await host.request();
				assert.equal(body, 'it');
				assert.equal(headers, 'X-A: 1\r\nX-B: 2\r\nX-C: Ã©\r\nX-E: 5\r\nContent-Type: text/plain\r\n');
				const infos = host.logs.slice(before).filter(({ level }) => level === 'info');
				assert.deepEqual(
					infos.map(({ text }) => text),
					['1', '1', '1', '-1', '-1', '1'],
				);
			}
		},
	},
	{
		name: 'the level of the log may change within a handler',
		options: { logLevel: LEVELS.info },
		lua: lua(
			`KSR.dbg("hidden") KSR.kex.setdebug(3) KSR.dbg("shown") KSR.kex.resetdebug() KSR.dbg("hidden") ${REPLY('it')}`,
		),
		js: js(
			`KSR.dbg("hidden"); KSR.kex.setdebug(3); KSR.dbg("shown"); KSR.kex.resetdebug(); KSR.dbg("hidden"); ${REPLY('it')};`,
		),
		async check(host) {
			for (let i = 0; i < 3; i++) await body(host);
			const texts = host.logs.filter(({ level }) => level === 'debug').map(({ text }) => text);
			assert.deepEqual(texts, ['shown', 'shown', 'shown']);
		},
	},
	{
		name: 'a script that replaces builtins gets the same answers',
		js: `String.prototype.charCodeAt = function () { return 7; }; Array.prototype[Symbol.iterator] = function () { throw new Error("no"); };
Object.defineProperty(Object.prototype, "0", { set() { throw new Error("no"); }, configurable: true });
${js(`KSR.hdr.append_to_reply("X-A: " + KSR.pv.get("$hu")); ${REPLY('it')};`)}`,
		async check(host) {
			for (const target of TARGETS) {
				const { headers, body } = await host.request(target);
				assert.equal(body, 'it', host.lines().join('\n'));
				assert.equal(headers, `X-A: ${target}\r\nContent-Type: text/plain\r\n`);
			}
		},
	},
];
