/**
 * Odd values for the functions of Kamailio's own language: each of them in the place of each parameter, the others being
 * plausible. Written out, they are refused when the file is loaded or do no harm; in variables they do none when the
 * function is called. Nothing may crash or hang, and the next request has to be answered.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { ConfigError } from '../../../src/config/kamailio/problem.ts';
import type { Exported } from '../../../src/kemi/exports.ts';
import type { Parameter } from '../../../src/kemi/module.ts';
import { LEVELS } from '../../../src/log/levels.ts';
import { STANDARD_MODULES } from '../../../src/modules/standard.ts';
import { hostFor, type TestHost } from '../../support/host.ts';
import { isUnsteady, plausible } from '../export-calls.ts';

const MEGABYTE = 'x'.repeat(1 << 20);

/** Texts that variables hold, as byte strings. */
const ODD_TEXTS: Readonly<Record<string, string>> = {
	'the empty string': '',
	'a word for no number': 'NaN',
	'2^53': '9007199254740992',
	'a float': '-1e300',
	'NUL in a string': '$hu\0b',
	'nothing but NUL': '\0',
	'bytes that are no UTF-8': '\xff\xfea\x80',
	'a cut UTF-8 sequence': 'a\xe2\x82',
	'a megabyte': MEGABYTE,
	'a line end': 'a\r\nb: c',
	'an open variable': '$(',
	'an open bracket': '([',
	'format letters': '%s%n%99999d',
	'a property of objects': '__proto__',
	'a path': '../../x',
};

/** Integers that variables hold. */
const ODD_INTEGERS = ['0', '-1', '2147483647', '-2147483648', '2147483648', '9007199254740991'];

/** What stands in the file itself. */
const ODD_LITERALS: readonly string[] = [
	'""',
	'"NaN"',
	'"9007199254740992"',
	'9007199254740992',
	'2147483648',
	'-2147483649',
	'0x7fffffffff',
	'"$hu\0b"',
	'"\0"',
	'"\xff\xfea\x80"',
	'"a\xe2\x82"',
	'BIG',
	'"a\\r\\nb: c"',
	'"$("',
	'"$"',
	'"(["',
	'"%s%n%99999d"',
	'"__proto__"',
	'"../../x"',
	'$null',
	'$(hu{s.nope})',
	'__proto__',
];

/** The functions, each form once; those that would keep the test waiting are left out. */
function functionsOf({ host }: TestHost): Exported[] {
	const { exports } = host;
	return exports.cfgNames
		.flatMap((name) => exports.cfgForms(name))
		.filter(({ path, name }) => !isUnsteady(path) && !isUnsteady(name) && !/sleep/.test(name));
}

/** A plausible argument as the file has it. */
function written(param: Parameter): string {
	if (param.type !== 'str') return plausible(param);
	if (param.cfg === 'variable') return '"$var(x)"';
	return JSON.stringify(plausible(param));
}

/** A call with one argument replaced. */
function call({ declaration, name }: Exported, index: number, argument: string): string {
	const { params, cfg = name } = declaration;
	return `${cfg}(${params.map((param, i) => (i === index ? argument : written(param))).join(', ')});`;
}

/** Each function with each of its parameters. */
const places = (functions: readonly Exported[]) =>
	functions.flatMap((entry) => entry.declaration.params.map((param, index) => ({ entry, param, index })));

/** A host, and what its log holds that must not be there. */
async function load(t: TestContext, code: string): Promise<{ host: TestHost; harm: string[] }> {
	const harm: string[] = [];
	const host = await hostFor(t, Buffer.from(code, 'latin1'), {
		name: 'kamailio.cfg',
		limits: { cpu: 10_000 },
		allowNet: ['none'],
		logLevel: LEVELS.error,
		log({ level, origin, text }) {
			if (origin !== 'script' && (level === 'bug' || /was stopped|inside the host/.test(text)))
				harm.push(text);
		},
	});
	return { host, harm };
}

/** All modules, as a function of one that is not loaded is an unknown one. */
const MODULES = STANDARD_MODULES.filter(({ name }) => name !== 'core' && name !== 'x')
	.map(({ name }) => `loadmodule "${name}.so"`)
	.join(' ');

const DISPATCH = `${MODULES}
event_route[xhttp:request] {
	$var(odd) = $rb;
	$var(int) = $(hdr(X-Int){s.int});
	$var(route) = "R" + $(hu{s.strip,1});
	route($var(route));
	xhttp_reply("200", "OK", "text/plain", "alive");
}\n`;

test('odd values in variables do no harm in the place of any parameter', async (t) => {
	const functions = functionsOf((await load(t, DISPATCH)).host);
	const calls = places(functions).filter(({ param }) => param.cfg === undefined);
	const routes = calls.map(({ entry, param, index }, i) => {
		const argument = param.type === 'str' ? '"$var(odd)"' : '"$var(int)"';
		return `route[R${i}] { ${call(entry, index, argument)} }\n`;
	});
	const { host, harm } = await load(t, routes.join('') + DISPATCH);
	let count = 0;
	for (const [i, { param }] of calls.entries()) {
		const values = param.type === 'str' ? Object.values(ODD_TEXTS) : ODD_INTEGERS;
		for (const value of values) {
			const init =
				param.type === 'str'
					? { method: 'POST', body: Buffer.from(value, 'latin1') }
					: { headers: [['X-Int', value]] as [string, string][] };
			await host.request(`/${i}`, init);
			count++;
		}
		assert.equal((await host.request('/none')).body, 'alive', routes[i]);
	}
	assert.deepEqual(harm, []);
	assert.ok(count > 5_000, `${count} calls`);
});

test('odd values that are written out are refused in their line, or do no harm', async (t) => {
	const functions = functionsOf((await load(t, DISPATCH)).host);
	const calls = places(functions).flatMap(({ entry, index }) =>
		ODD_LITERALS.map((literal) => call(entry, index, literal)),
	);
	const route = (text: string, i: number) => `route[R${i}] { ${text} }\n`;
	const head = `#!define BIG "${MEGABYTE.slice(0, 1 << 16)}"\n`;
	const refused = await load(t, head + calls.map(route).join('') + DISPATCH).then(
		() => assert.fail('all of it is taken'),
		(error: unknown) => error,
	);
	assert.ok(refused instanceof ConfigError, String(refused));
	const wrong = new Set(refused.problems.map(({ at }) => at.line - 2));
	for (const line of wrong) assert.ok(calls[line] !== undefined, `line ${line + 2}`);
	const good = calls.filter((_, i) => !wrong.has(i));
	assert.ok(good.length > 2_000 && wrong.size > 500, `${good.length} taken, ${wrong.size} refused`);
	const { host, harm } = await load(t, head + good.map(route).join('') + DISPATCH);
	for (const i of good.keys()) await host.request(`/${i}`);
	assert.equal((await host.request('/none')).body, 'alive');
	assert.deepEqual(harm, []);
});
