/**
 * KSR.pvx. Unless a title or a comment says otherwise, the values were recorded from Kamailio 5.6.3.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { complains, gives, is, type Step, set, take, World } from '../support/context.ts';

const MODPARAMS = [
	['varset', 'vs=s:text'],
	['varset', 'vi=i:7'],
	['shvset', 'ss=s:t:x=y'],
	['shvset', 'si=i:-3'],
].map(([name = '', value = '']) => ({ module: 'pv', name, value }));

test('var_* functions work on $var', () => {
	take(
		[
			complains('pvx.var_get', 'unset')(0),
			gives('pvx.var_sets', 'q', 'x')(1),
			is('$var(q)', 'x'),
			gives('pvx.var_seti', 'q', 5)(1),
			is('$var(q)', 5),
			gives('pvx.var_get', 'q')(5),
			complains('pvx.var_sets', '', '')(-1),
			complains('pvx.var_get', '')(0),
			set('$var(a)', 'A'),
			gives('pvx.var_get', 'a')('A'),
			gives('pvx.var_get', 'vs')('text'),
			gives('pvx.var_get', 'vi')(7),
			gives('pvx.var_sets', 'q', null)(1),
			is('$var(q)', ''),
		],
		{},
		{ modparams: MODPARAMS },
	);
});

test('shv_* want a $shv that was declared or mentioned', () => {
	take(
		[
			gives('pvx.shv_get', 'ss')('t:x=y'),
			gives('pvx.shv_get', 'si')(-3),
			complains('pvx.shv_get', 'none')(0),
			complains('pvx.shv_seti', 'none', 1)(-1),
			complains('pvx.shv_sets', 'none', 'x')(-1),
			is('$shv(none)', 0),
			gives('pvx.shv_seti', 'none', 9)(1),
			is('$shv(none)', 9),
			gives('pvx.shv_get', 'none')(9),
			gives('pvx.shv_sets', 'si', 'text')(1),
			is('$shv(si)', 'text'),
		],
		{},
		{ modparams: MODPARAMS },
	);
});

test('shvinc_get, which is newer than 5.6.3 (from its source)', () => {
	take([
		complains('pvx.shvinc_get', 'n')(0),
		set('$shv(n)', 4),
		gives('pvx.shvinc_get', 'n')(5),
		is('$shv(n)', 5),
		set('$shv(n)', 'text'),
		gives('pvx.shvinc_get', 'n')(0),
		is('$shv(n)', 'text'),
	]);
});

test('evalx sets a variable to an evaluated text', () => {
	take([
		gives('pvx.evalx', '$var(r)', 'a $rm b')(1),
		is('$var(r)', 'a GET b'),
		complains('pvx.evalx', '$var(r)', '$nosuch')(-1),
		is('$var(r)', 'a GET b'),
		gives('pvx.evalx', '$var(r)', '$avp(none)')(1),
		is('$var(r)', '<null>'),
		gives('pvx.evalx', '$var(r)', '$$x')(1),
		is('$var(r)', '$x'),
		gives('pvx.evalx', '$avp(r)', '1')(1),
		is('$avp(r)', '1'),
		set('$var(format)', 'in $var(r)'),
		gives('pvx.evalx', '$var(r)', '$var(format)')(1),
		is('$var(r)', 'in $var(r)'),
		complains('pvx.evalx', 'r', '1')(-1),
		complains('pvx.evalx', '', '1')(-1),
		complains('pvx.evalx', '$nosuch(r)', '1')(-1),
		gives('pvx.evalx', '$var(r)', '')(1),
		is('$var(r)', ''),
	]);
	// these end Kamailio's process, or are refused by the variable
	take([complains('pvx.evalx', '$si', 'x')(-1), complains('pvx.evalx', '$mf', 'x')(-1)]);
});

test('avp_* functions work on $avp', () => {
	take([
		gives('pvx.avp_get', 'k')(null),
		gives('pvx.avp_gete', 'k')(''),
		gives('pvx.avp_getw', 'k')('<null>'),
		gives('pvx.avp_is_null', 'k')(1),
		gives('pvx.avp_sets', 'k', 'v1')(1),
		gives('pvx.avp_seti', 'k', 7)(1),
		gives('pvx.avp_get', 'k')(7),
		is('$(avp(k)[*])', '7, v1'),
		gives('pvx.avp_rm', 'k')(1),
		is('$(avp(k)[*])', 'v1'),
		gives('pvx.avp_rm', 'none')(1),
		gives('pvx.avp_sets', 's:pre', 'p')(1),
		is('$avp(pre)', null),
		is('$avp(s:s:pre)', 'p'),
		gives('pvx.avp_get', '')(null),
		complains('pvx.avp_sets', '', 'x')(-1),
		gives('pvx.avp_sets', 'e', '')(1),
		gives('pvx.avp_get', 'e')(''),
	]);
});

test('avp_is_null takes nothing away (in Kamailio it does, so that a single value is always null)', () => {
	take([
		set('$avp(k)', 'v'),
		gives('pvx.avp_is_null', 'k')(-1),
		gives('pvx.avp_is_null', 'k')(-1),
		gives('pvx.avp_get', 'k')('v'),
	]);
});

/** What the three kinds have in common. */
function common(kind: 'xavp' | 'xavi' | 'xavu'): Step[] {
	const call = (name: string, ...args: (string | number)[]) => gives(`pvx.${kind}_${name}`, ...args);
	return [
		call('get', 'n')(null),
		call('gete', 'n')(''),
		call('getw', 'n')('<null>'),
		call('is_null', 'n')(1),
		call('sets', 'n', 's1')(1),
		call('seti', 'n', 2)(1),
		call('get', 'n')(2),
		call('gete', 'n')(2),
		call('getw', 'n')(2),
		call('is_null', 'n')(-1),
		is(`$${kind}(n)`, 2),
		call('rm', 'n')(1),
		call('get', 'n')(kind === 'xavu' ? null : 's1'),
		call('rm', 'n')(1),
		call('rm', 'n')(1),
		call('get', 'n')(null),
		call('child_sets', 'r', 'c', 'v')(1),
		call('child_get', 'r', 'c')('v'),
		call('child_seti', 'r', 'c', 5)(1),
		call('child_get', 'r', 'c')(5),
		call('child_gete', 'r', 'c')(5),
		call('child_getw', 'r', 'c')(5),
		is(`$${kind}(r=>c)`, 5),
		call('child_sets', 'r', 'd', 'w')(1),
		call('child_get', 'r', 'x')(null),
		call('child_gete', 'r', 'x')(''),
		call('child_getw', 'r', 'x')('<null>'),
		// Kamailio looks for an xavu among the xavp here, and finds none
		call('child_is_null', 'r', 'c')(-1),
		call('child_is_null', 'r', 'x')(1),
		call('child_is_null', 'none', 'x')(1),
		call('child_rm', 'r', 'c')(1),
		call('child_get', 'r', 'c')(null),
		call('child_get', 'r', 'd')('w'),
		call('child_rm', 'r', 'c')(1),
		call('child_rm', 'none', 'c')(1),
		call('sets', 'flat', 'v')(1),
		call('child_get', 'flat', 'c')(null),
		call('child_sets', 'flat', 'c', 'x')(1),
		call('child_get', 'flat', 'c')('x'),
		call('get', '')(null),
		call('rm', 'none')(1),
		complains(`pvx.${kind}_sets`, '', 'v')(-1),
		complains(`pvx.${kind}_child_sets`, '', 'c', 'v')(-1),
		complains(`pvx.${kind}_child_sets`, 'r', '', 'v')(-1),
	];
}

test('xavp_* functions work on $xavp and its fields', () => take(common('xavp')));
test('xavi_* functions work on $xavi and its fields', () => take(common('xavi')));
test('xavu_* functions work on $xavu and its fields', () => take(common('xavu')));

test('xavi_* do not regard the case of names', () => {
	take([
		gives('pvx.xavi_child_sets', 'Root', 'Field', 'v')(1),
		gives('pvx.xavi_child_get', 'ROOT', 'field')('v'),
		gives('pvx.xavi_child_sets', 'root', 'FIELD', 'w')(1),
		gives('pvx.xavi_getd_p1', 'Root', 0)({ FIELD: ['w'] }),
		gives('pvx.xavi_rm', 'rOOt')(1),
		gives('pvx.xavi_child_get', 'Root', 'Field')(null),
	]);
});

test('whole values as arrays and objects', () => {
	take([
		set('$xavp(t=>one)', '1'),
		set('$xavp(t[0]=>two)', 2),
		set('$xavp(t[0]=>one)', 'uno'),
		set('$xavp(t=>three)', '3'),
		gives('pvx.xavp_getd_p1', 't', 0)({ three: ['3'] }),
		gives('pvx.xavp_getd_p1', 't', 1)({ one: ['uno', '1'], two: [2] }),
		gives('pvx.xavp_getd_p1', 't', -1)({ one: ['uno', '1'], two: [2] }),
		gives('pvx.xavp_getd_p1', 't', 5)(null),
		gives('pvx.xavp_getd_p1', 't', -5)(null),
		gives('pvx.xavp_get_keys', 't', 0)(['three']),
		gives('pvx.xavp_get_keys', 't', 1)(['one', 'two']),
		gives('pvx.xavp_get_keys', 't', 7)(null),
		gives('pvx.xavp_getd', 'none')(null),
		gives('pvx.xavp_getd_p1', 'none', 0)(null),
		gives('pvx.xavp_get_keys', 'none', 0)(null),
		// Kamailio's array repeats the fields of later items in the objects of earlier ones
		gives('pvx.xavp_getd', 't')([{ three: ['3'] }, { one: ['uno', '1'], two: [2] }]),
	]);
	// a value without fields ends Kamailio's process
	take([
		set('$xavp(f)', 'x'),
		gives('pvx.xavp_getd', 'f')([]),
		complains('pvx.xavp_getd_p1', 'f', 0)(null),
		complains('pvx.xavp_get_keys', 'f', 0)(null),
	]);
});

test('a field called __proto__ is a field', () => {
	const world = new World();
	const ctx = world.request();
	set('$xavp(a=>__proto__)', 'x')(world, ctx);
	const value = world.host.exports.find('KSR.pvx.xavp_getd_p1')?.call(ctx, ['a', 0], 'lua') as object;
	assert.deepEqual(Object.entries(value), [['__proto__', ['x']]]);
});

test('xavp_copy puts a copy behind the others of the new name', () => {
	take([
		gives('pvx.xavp_child_sets', 'src', 'a', '1')(1),
		gives('pvx.xavp_child_seti', 'src', 'b', 2)(1),
		gives('pvx.xavp_copy', 'src', 0, 'dst')(1),
		gives('pvx.xavp_child_sets', 'src', 'a', '9')(1),
		gives('pvx.xavp_child_get', 'dst', 'a')('1'),
		gives('pvx.xavp_copy', 'src', 0, 'dst')(1),
		is('$xavp(dst[0]=>a)', '1'),
		is('$xavp(dst[1]=>a)', '9'),
		gives('pvx.xavp_copy_dst', 'src', 0, 'dst', 0)(1),
		is('$xavp(dst[0]=>a)', '1'),
		is('$xavp(dst[2]=>b)', 2),
		complains('pvx.xavp_copy', 'none', 0, 'dst')(-1),
		complains('pvx.xavp_copy', 'src', 3, 'dst')(-1),
		set('$xavp(sf)', 'x'),
		gives('pvx.xavp_copy', 'sf', 0, 'df')(1),
		gives('pvx.xavp_get', 'df')('x'),
	]);
});

test('functions that are newer than 5.6.3 (from their source)', () => {
	const four = ['a', 'b', 'c', 'd'].map((value) => set('$xavp(x)', value));
	const order = (text: string) => [...text].map((value, i) => is(`$xavp(x[${i}])`, value));
	take([
		...four,
		...order('dcba'),
		gives('pvx.xavp_lshift', 'x', 1)(1),
		...order('cbad'),
		gives('pvx.xavp_lshift', 'x', -1)(1),
		...order('dcba'),
		gives('pvx.xavp_lshift', 'x', 6)(1),
		...order('badc'),
		gives('pvx.xavp_lshift', 'x', 0)(1),
		gives('pvx.xavp_lshift', 'none', 1)(-2),
		gives('pvx.xavp_rm_all', 'x')(1),
		is('$xavp(x)', null),
		gives('pvx.xavp_xparams_explode', 'a=b&c=d', '&', 'p')(1),
		gives('pvx.xavp_getd_p1', 'p', 0)({ a: ['b'], c: ['d'] }),
		...['|', ']', '^', '\\', '-', '.'].flatMap((separator) => [
			gives('pvx.xavp_xparams_explode', `a=b${separator}c=d`, separator, 's')(1),
			gives('pvx.xavp_getd_p1', 's', 0)({ a: ['b'], c: ['d'] }),
		]),
		set('$xavp(p[0]=>n)', 5),
		set('$xavp(p[0]=>e)', ''),
		gives('pvx.xavp_params_implode_qval', 'p', '$var(o)')(1),
		is('$var(o)', 'e;n=5;a="b";c="d";'),
		complains('pvx.xavp_xparams_explode', 'a=b', '', 'p')(-1),
	]);
});

test('parameters become fields of an $xavp', () => {
	const good: Readonly<Record<string, object>> = {
		'a=b;c=d': { a: ['b'], c: ['d'] },
		'a=b;c': { a: ['b'], c: [''] },
		'a="q;x";c=1;': { a: ['q;x'], c: ['1'] },
		"a='q;x'": { a: ['q;x'] },
		' a = b ; c= d': { a: ['b'], c: ['d'] },
		a: { a: [''] },
		'a;b;c=': { a: [''], b: [''], c: [''] },
		'a=b&c=d': { a: ['b&c=d'] },
		'a=b;a=c': { a: ['b', 'c'] },
		'a=b,c=d': { a: ['b'] },
		'a=1; b=2 ;c': { a: ['1'], b: ['2'], c: [''] },
	};
	for (const [text, fields] of Object.entries(good))
		take([
			gives('pvx.xavp_params_explode', text, 'p')(1),
			gives('pvx.xavp_getd_p1', 'p', 0)(fields),
			gives('pvx.xavu_params_explode', text, 'u')(1),
			...Object.entries(fields).map(([name, [value]]: [string, string[]]) =>
				is(`$xavu(u=>${name})`, value ?? ''),
			),
			// Kamailio leaves the fields behind in the list of names as well
			...Object.keys(fields).map((name) => is(`$xavu(${name})`, null)),
		]);
	for (const text of ['', '=b', 'a=b;;c=d', ';a=b', 'x="y', 'a=b;c="d"e'])
		take([
			complains('pvx.xavp_params_explode', text, 'p')(-1),
			gives('pvx.xavp_getd', 'p')(null),
			complains('pvx.xavu_params_explode', text, 'u')(-1),
			is('$xavu(u)', null),
		]);
	take([complains('pvx.xavp_params_explode', 'a=b', '')(-1)]);
});

test('fields of an $xavp become parameters', () => {
	take([
		gives('pvx.xavp_params_explode', 'a=b;c="d e";n', 'p')(1),
		gives('pvx.xavp_child_seti', 'p', 'k', 5)(1),
		gives('pvx.xavp_params_implode', 'p', '$var(o)')(1),
		is('$var(o)', 'k=5;a=b;c=d e;n;'),
		complains('pvx.xavp_params_implode', 'none', '$var(o)')(-1),
		complains('pvx.xavp_params_implode', 'p', '$si')(-1),
		complains('pvx.xavp_params_implode', 'p', 'o')(-1),
		complains('pvx.xavp_params_implode', 'p', '')(-1),
		complains('pvx.xavp_params_implode', '', '$var(o)')(-1),
		is('$var(o)', 'k=5;a=b;c=d e;n;'),
		gives('pvx.xavu_child_sets', 'u', 'k', 'v')(1),
		gives('pvx.xavu_child_sets', 'u', 'l', 'w')(1),
		gives('pvx.xavu_params_implode', 'u', '$var(o)')(1),
		is('$var(o)', 'l=w;k=v;'),
		complains('pvx.xavu_params_implode', 'none', '$var(o)')(-1),
		// Kamailio prints 4294967291
		gives('pvx.xavu_child_seti', 'm', 'k', -5)(1),
		gives('pvx.xavu_params_implode', 'm', '$var(o)')(1),
		is('$var(o)', 'k=-5;'),
	]);
});

test('what was imploded explodes into the same', () => {
	const word = fc.stringMatching(/^[a-z]{1,4}$/);
	fc.assert(
		fc.property(
			fc.uniqueArray(word, { minLength: 1, maxLength: 5 }),
			fc.array(word, { minLength: 5, maxLength: 5 }),
			(names, values) => {
				const text = names.map((name, i) => `${name}=${values[i]};`).join('');
				take([
					gives('pvx.xavp_params_explode', text, 'p')(1),
					gives('pvx.xavp_params_implode', 'p', '$var(o)')(1),
					is('$var(o)', text),
				]);
			},
		),
		{ numRuns: 30 },
	);
});

test('the parts of a list become values of one field', () => {
	const lists: readonly (readonly [text: string, separators: string, mode: string, parts: string[]])[] = [
		['a,b,c', ',', '', ['a', 'b', 'c']],
		['a , b ,, c', ',', 't', ['a', 'b', 'c']],
		['a , b ,, c', ',', '', ['a ', ' b ', ' c']],
		['a;b,c', ';,', 't', ['a', 'b', 'c']],
		['abc', ',', 'x', ['abc']],
	];
	for (const [text, separators, mode, parts] of lists)
		take([
			gives('pvx.xavp_slist_explode', text, separators, mode, 's')(1),
			gives('pvx.xavp_getd_p1', 's', 0)({ v: parts }),
			gives('pvx.xavp_get_keys', 's', 0)(['v']),
			is('$xavp(s=>v)', parts[0] ?? null),
			is('$xavp(s=>v[1])', parts[1] ?? null),
			is('$xavp(s=>v[*])', parts.join(', ')),
		]);
	// Kamailio's engine hands the script something else's value here
	for (const text of [' ', ',,'])
		take([
			gives('pvx.xavp_slist_explode', text, ',', 't', 's')(1),
			gives('pvx.xavp_getd_p1', 's', 0)({}),
			is('$xavp(s=>v)', null),
		]);
	take([
		complains('pvx.xavp_slist_explode', '', ',', 't', 's')(-1),
		complains('pvx.xavp_slist_explode', 'a', '', 't', 's')(-1),
		complains('pvx.xavp_slist_explode', 'a', ',', 't', '')(-1),
		is('$xavp(s)', null),
	]);
});

test('values go from $var to $xavp and back', () => {
	take([
		set('$var(v1)', 'tv'),
		set('$var(v2)', 3),
		gives('pvx.pv_var_to_xavp', 'v1', 'x')(1),
		gives('pvx.xavp_getd', 'x')([{ v1: ['tv'] }]),
		gives('pvx.pv_var_to_xavp', 'v2', 'x')(1),
		gives('pvx.xavp_getd', 'x')([{ v2: [3] }]),
		complains('pvx.pv_var_to_xavp', 'none', 'x')(-1),
		gives('pvx.xavp_getd', 'x')(null),
		set('$var(empty)', ''),
		gives('pvx.pv_var_to_xavp', '*', 'all')(1),
		gives('pvx.xavp_getd', 'all')([{ v1: ['tv'], v2: [3] }]),
		complains('pvx.pv_xavp_to_var', 'none')(-1),
		gives('pvx.xavp_child_sets', 'tv', 'aa', '1')(1),
		gives('pvx.xavp_child_seti', 'tv', 'bb', 2)(1),
		gives('pvx.pv_xavp_to_var', 'tv')(1),
		is('$var(aa)', '1'),
		is('$var(bb)', 2),
		set('$xavp(flat)', 'x'),
		complains('pvx.pv_xavp_to_var', 'flat')(-1),
	]);
});

test('the print functions log every value (their lines are our own)', () => {
	const world = new World();
	const ctx = world.request();
	set('$xavp(a=>b)', 'text')(world, ctx);
	set('$xavp(n)', 5)(world, ctx);
	set('$xavu(u)', 'x')(world, ctx);
	world.logs.length = 0;
	for (const kind of ['xavp', 'xavu', 'xavi'])
		assert.equal(world.host.exports.find(`KSR.pvx.pv_${kind}_print`)?.call(ctx, [], 'lua'), 1);
	assert.deepEqual(
		world.logs.map(({ level, text }) => `${level} ${text}`),
		['info $xavp(n[0]) = 5', 'info $xavp(a[0]=>b[0]) = "text"', 'info $xavu(u[0]) = "x"'],
	);
});
