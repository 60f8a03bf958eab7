/**
 * The list of rules. The documentation (`docs/check.md`) and the tests are made from it.
 *
 * @module
 */
import { type Rule, rule } from './rule.ts';
import { ARGUMENT_RULES } from './rules/arguments.ts';
import { FUNCTION_RULES } from './rules/functions.ts';
import { NATIVE_VALUE_RULES } from './rules/native-values.ts';
import { PROMISE_RULES } from './rules/promises.ts';
import { REPLY_RULES } from './rules/replies.ts';
import { UNUSED_RULES } from './rules/unused.ts';
import { VALUE_RULES } from './rules/values.ts';

/** What loading the script says; there is nothing to look for in the text. */
export const COMPILE = rule({
	code: 'KC001',
	name: 'compile',
	severity: 'error',
	doc: 'The script does not compile, or fails while it is loaded.',
	why: 'It is loaded in its engine, as `kemihost run` would. A database that cannot be reached is only a warning: what is in it is not looked at.',
	bad: 'local x = --!!',
	good: 'local x = 1',
});

/** As above, for the functions that events call. */
export const CALLBACK = rule({
	code: 'KC002',
	name: 'callback',
	severity: 'error',
	doc: 'The script does not define the function that an event calls.',
	why: 'Kamailio finds out when requests go unanswered. `--event-callback` names another function; a script that is always run with it says so by `kemihost-disable callback`.',
	bad: 'function ksr_xhttp_evnt() end --!!',
	good: 'function ksr_xhttp_event() end',
});

/** What the reader of a kamailio.cfg passes over, and most likely should not. */
export const DIRECTIVE = rule({
	code: 'KC003',
	name: 'misspelt-directive',
	severity: 'warning',
	language: 'native',
	doc: 'A comment looks like a directive.',
	why: 'A line that begins with #! is a comment where no directive has that name: what it should leave out stays in.',
	bad: '#!ifdefine WITH_TLS #!!',
	good: '#!ifdef WITH_TLS\n#!endif',
});

/** All of them, in the order of their codes. */
export const RULES: readonly Rule[] = [
	COMPILE,
	CALLBACK,
	DIRECTIVE,
	...FUNCTION_RULES,
	...ARGUMENT_RULES,
	...REPLY_RULES,
	...PROMISE_RULES,
	...VALUE_RULES,
	...NATIVE_VALUE_RULES,
	...UNUSED_RULES,
].sort((a, b) => (a.code < b.code ? -1 : 1));
