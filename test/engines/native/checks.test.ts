/** What is said of a configuration before its first request: each line says what is wrong in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../../src/config/kamailio/problem.ts';
import { hostFor } from '../../support/host.ts';

const LOAD = ['sl', 'pv', 'xhttp', 'xlog', 'textops', 'htable', 'tm']
	.map((name) => `loadmodule "${name}.so"`)
	.join('\n');

/** Statements, and what the load says of them: as `column: message`, and the hint where there is one. */
const WRONG: readonly (readonly [statement: string, ...said: string[]])[] = [
	['xhttp_replay("200", "OK", "", "");', '1: there is no function xhttp_replay', 'did you mean xhttp_reply?'],
	['xhttp_reply("200", "OK");', '1: xhttp_reply takes 4 parameters, got 2'],
	['t_relay("a", "b", "c", "d");', '1: t_relay takes 0 or 2 parameters, got 4'],
	['xhttp_reply("abc", "OK", "", "");', '13: xhttp_reply: parameter code must be an integer'],
	[
		'jansson_get("a", "b", "$var(x)");',
		'1: jansson_get() belongs to the module jansson, which is not loaded',
		'add loadmodule "jansson.so"',
	],
	['route(HELPR);', '1: there is no route[HELPR]', 'did you mean HELPER?'],
	['$var(x) = 1 + "2";', '15: an integer is expected, not a string', '(int) makes an integer of a string'],
	['$var(x) = 1 == "1";', '16: an integer is expected, not a string', '(int) makes an integer of a string'],
	['$var(x) = strlen(5);', '18: a string is expected, not an integer'],
	['while ("abc") { exit; }', '8: the condition is a string', 'compare it, or use (int)'],
	['$si = "1.2.3.4";', '1: $si is read-only'],
	['$var(x) = $hux;', '11: $hux: there is no variable $hux; did you mean hu?'],
	[
		'xlog("L_INFO", "$hux\\n");',
		'16: xlog: parameter format: there is no variable $hux; did you mean hu? (character 2 of "$hux\n")',
	],
	['$var(x) = $hu =~ "(";', '18: "(": a parenthesis is not closed'],
	['search("[");', '8: search: parameter expression: "[": "[" is not closed'],
	[
		'switch ($hu) { case 1: exit; case "1": exit; }',
		'1: a switch cannot mix integers with strings or regular expressions',
	],
	['switch ($hu) { case 1: exit; case 1: exit; }', '30: there is another case 1 above'],
	['setflag(NOPE);', '9: setflag: there is no flag NOPE'],
	['return "x";', '8: return takes an integer, not a string'],
];

test('everything that is wrong is said at once, with its line and column', async (t) => {
	const statements = WRONG.map(([statement]) => statement).join('\n');
	const code = `${LOAD}\nroute[HELPER] { exit; }\nevent_route[xhttp:request] {\n${statements}\n}\n`;
	const error = await hostFor(t, code, { name: 'kamailio.cfg' }).then(
		() => assert.fail('it loads'),
		(it: unknown) => it,
	);
	assert.ok(error instanceof ConfigError);
	const first = LOAD.split('\n').length + 3;
	const said = WRONG.map((_, index) =>
		error.problems
			.filter(({ at }) => at.line === first + index)
			.flatMap(({ at, message, hint }) => [`${at.column}: ${message}`, ...(hint ? [hint] : [])]),
	);
	assert.deepEqual(
		said,
		WRONG.map(([, ...expected]) => expected),
	);
});

test('a configuration without an event route for requests is refused', async (t) => {
	await assert.rejects(
		hostFor(t, `${LOAD}\nevent_route[xhttp:reqest] { exit; }\n`, { name: 'kamailio.cfg' }),
		{
			code: 'KH_SCRIPT_CALLBACK',
			message: 'there is no event_route[xhttp:request]',
			hint: 'did you mean event_route[xhttp:reqest]?',
		},
	);
});
