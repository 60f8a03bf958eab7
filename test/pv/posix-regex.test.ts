/**
 * POSIX extended regular expressions against the C library's own. `posix-regex.recorded.json` is what glibc 2.36 made
 * of them in the C locale: expression → flags (i: REG_ICASE, n: REG_NEWLINE) → text → the match and its groups as
 * `start-end`, `-` for a group without a part in it, nothing for no match; `error` where regcomp() refused.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compilePosix } from '../../src/pv/posix-regex.ts';

type ByText = Record<string, string>;

const RECORDED = JSON.parse(
	readFileSync(new URL('posix-regex.recorded.json', import.meta.url), 'utf8'),
) as Record<string, 'error' | Record<string, 'error' | ByText>>;

/** Expressions that glibc takes and this does not. */
const REFUSED: Readonly<Record<string, RegExp>> = {
	'(a)\\1': /references to groups/,
	'(a)(b)\\2': /references to groups/,
};

/** Expressions whose groups come out otherwise. */
const OTHER_GROUPS: Readonly<Record<string, string>> = {
	'($)*': 'glibc does not repeat what is empty at the end of the text, as it does at its start',
};

function compile(expression: string, flags = '') {
	return compilePosix(expression, { ignoreCase: flags.includes('i'), newline: flags.includes('n') });
}

/** The match and its groups, as in the recording. */
function match(expression: string, flags: string, text: string): string {
	const regex = compile(expression, flags);
	assert.ok(typeof regex !== 'string', `${expression} compiles: ${String(regex)}`);
	const matcher = regex.matcher(text);
	const found = matcher.find();
	assert.equal(regex.test(text), found, `test() agrees for ${expression} in ${JSON.stringify(text)}`);
	if (!found) return '';
	const groups = Array.from({ length: Math.min(10, matcher.groupCount() + 1) }, (_, i) =>
		matcher.start(i) < 0 ? '-' : `${matcher.start(i)}-${matcher.end(i)}`,
	);
	return groups.join(' ');
}

test('what regcomp() refuses is refused, with the expression in the message', () => {
	for (const [expression, byFlags] of Object.entries(RECORDED))
		for (const flags of byFlags === 'error' ? ['', 'i', 'n', 'in'] : Object.keys(byFlags))
			if (byFlags === 'error' || byFlags[flags] === 'error') {
				const refused = compile(expression, flags);
				assert.ok(typeof refused === 'string', `${expression} with flags "${flags}"`);
				assert.ok(refused.startsWith(`"${expression}": `), refused);
			}
});

test('matches and groups are those of regexec()', () => {
	let compared = 0;
	for (const [expression, byFlags] of Object.entries(RECORDED)) {
		if (byFlags === 'error' || expression in REFUSED) continue;
		for (const [flags, byText] of Object.entries(byFlags)) {
			if (byText === 'error') continue;
			for (const [text, recorded] of Object.entries(byText)) {
				const where = `${expression} with flags "${flags}" in ${JSON.stringify(text)}`;
				const [whole, ...groups] = match(expression, flags, text).split(' ');
				const [recordedWhole, ...recordedGroups] = recorded.split(' ');
				assert.equal(whole, recordedWhole, where);
				if (!(expression in OTHER_GROUPS)) assert.deepEqual(groups, recordedGroups, where);
				compared++;
			}
		}
	}
	assert.ok(compared > 1000);
});

test('what glibc takes and a linear-time engine cannot is refused with a reason', () => {
	for (const [expression, why] of Object.entries(REFUSED)) {
		assert.notEqual(RECORDED[expression], 'error');
		assert.match(String(compile(expression)), why);
	}
	assert.match(String(compile('a{1,2000}')), /repeat/);
	assert.match(String(compile('((a{1,100}){1,100}){1,100}')), /repeat/);
});

test('the syntax of other languages is refused as in C, or means what it means there', () => {
	for (const expression of ['(?:a)', '(?i)a', '(?<n>a)', '(?=a)', 'a{x}', '[[:word:]]'])
		assert.equal(typeof compile(expression), 'string', expression);
	// no lazy repetition, no digits, no line end
	assert.equal(match('a+?', '', 'aaa'), '0-3');
	assert.equal(match('\\d+', '', '1dd'), '1-3');
	assert.equal(match('a\\nb', '', 'anb'), '0-3');
	assert.equal(match('[\\d]', '', '1\\'), '1-2');
	// nor the properties and classes of RE2
	assert.equal(match('\\pL', '', 'pL'), '0-2');
	assert.equal(match('\\Qa\\E', '', 'QaE'), '0-3');
	assert.equal(match('\\C', '', 'C'), '0-1');
});

test('a text is bytes: no case but that of ASCII, no characters of several bytes', () => {
	assert.equal(match('\xe9', 'i', '\xc9'), '');
	assert.equal(match('[\xe0-\xff]', 'i', '\xc9'), '');
	assert.equal(match('^.$', '', '\xc3\xa9'), '');
	assert.equal(match('^..$', '', '\xc3\xa9'), '0-2');
	assert.equal(match('\\w', '', '\xe9'), '');
	assert.equal(match('[[:alpha:]]', '', '\xe9\xb5'), '');
	assert.equal(match('k', 'i', 'K'), '0-1');
});

test('expressions that make others explode take linear time', () => {
	const started = performance.now();
	const text = 'a'.repeat(20_000);
	for (const expression of [
		'(a*)*b',
		'(a|a)*b',
		'(a+)+$b',
		'(a|aa)+b',
		'(.*)(.*)(.*)(.*)b',
		'(a?){50}a{50}b',
	]) {
		const regex = compile(expression);
		assert.ok(typeof regex !== 'string', String(regex));
		assert.equal(regex.test(text), false, expression);
	}
	assert.ok(performance.now() - started < 3000);
});
