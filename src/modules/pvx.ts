/**
 * KSR.pvx: variables as plain function calls, by their inner names (modules/pv/pv.c).
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int, type KemiFunction, str, strOrNull, variable } from '../kemi/module.ts';
import type { KemiValue } from '../kemi/value.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { avps } from '../pv/variables/avp.ts';
import { pvState } from '../pv/variables/pv-state.ts';
import { branchFunctions } from './pvx/branches.ts';
import { familyFunctions } from './pvx/families.ts';
import { setVariable } from './pvx/write.ts';
import { xavpFunctions } from './pvx/xavp.ts';

/** A value, or 0 after a warning if there is none of that name. */
function orZero(ctx: RequestContext, variable: string, value: KemiValue | undefined): KemiValue {
	if (value === undefined) ctx.report('warning', `${variable} has never been set, 0 is returned`);
	return value ?? 0;
}

function setScriptVariable(ctx: RequestContext, name: string, value: string | number): number {
	if (!name) return ctx.refuse('KSR.pvx: a $var needs a name');
	pvState(ctx).vars.of(ctx).set(name, value);
	return 1;
}

/** Other than KSR.pv, these do not declare what they set. */
function setSharedVariable(ctx: RequestContext, name: string, value: string | number): number {
	const { shared } = pvState(ctx);
	if (shared.get(name) === undefined)
		return ctx.refuse(`$shv(${name}) is not declared; modparam("pv", "shvset", "${name}=i:0") does that`);
	shared.set(name, value);
	return 1;
}

const variableFunctions: readonly KemiFunction[] = [
	fn(
		'var_get',
		[str('name')],
		'xval',
		'The value of $var(name); 0 after a warning if it was never set.',
		(ctx, name) => orZero(ctx, `$var(${name})`, pvState(ctx).vars.of(ctx).get(name)),
	),
	fn('var_sets', [str('name'), strOrNull('value')], 'int', 'Sets $var(name) to a text.', (ctx, name, value) =>
		setScriptVariable(ctx, name, value ?? ''),
	),
	fn('var_seti', [str('name'), int('value')], 'int', 'Sets $var(name) to an integer.', setScriptVariable),
	fn(
		'shv_get',
		[str('name')],
		'xval',
		'The value of $shv(name); 0 after a warning without one.',
		(ctx, name) => orZero(ctx, `$shv(${name})`, pvState(ctx).shared.get(name)),
	),
	fn(
		'shv_sets',
		[str('name'), strOrNull('value')],
		'int',
		'Sets a declared $shv(name) to a text.',
		(ctx, name, value) => setSharedVariable(ctx, name, value ?? ''),
	),
	fn(
		'shv_seti',
		[str('name'), int('value')],
		'int',
		'Sets a declared $shv(name) to an integer.',
		setSharedVariable,
	),
	fn(
		'shvinc_get',
		[str('name')],
		'xval',
		'Adds 1 to a declared $shv(name) and gives the sum; 0 if it holds a text.',
		(ctx, name) => {
			const { shared } = pvState(ctx);
			if (shared.get(name) === undefined) return orZero(ctx, `$shv(${name})`, undefined);
			return shared.increment(name, 1) ?? 0;
		},
	),
	fn(
		'evalx',
		[variable('variable'), str('text')],
		'int',
		'Sets a variable to a text with its variables evaluated.',
		(ctx, variable, source) => {
			const text = ctx.host.variables.text(source);
			if (text instanceof PvSyntaxError) return ctx.refuse(`KSR.pvx.evalx: "${source}": ${text.message}`);
			return setVariable(ctx, 'KSR.pvx.evalx', variable, text.get(ctx));
		},
		{ cfg: 'pv_evalx' },
	),
];

function pushAvp(ctx: RequestContext, name: string, value: string | number): number {
	if (!name) return ctx.refuse('KSR.pvx: an $avp needs a name');
	ctx.get(avps).push(name, value);
	return 1;
}

const avpFunctions: readonly KemiFunction[] = [
	fn('avp_get', [str('name')], 'xval', 'The newest value of $avp(name); null without one.', (ctx, name) =>
		ctx.get(avps).top(name),
	),
	fn(
		'avp_gete',
		[str('name')],
		'xval',
		'The newest value of $avp(name); an empty string without one.',
		(ctx, name) => {
			return ctx.get(avps).top(name) ?? '';
		},
	),
	fn(
		'avp_getw',
		[str('name')],
		'xval',
		'The newest value of $avp(name); <null> without one.',
		(ctx, name) => {
			return ctx.get(avps).top(name) ?? '<null>';
		},
	),
	// Kamailio's takes the newest value away before it looks, which no test should do.
	fn('avp_is_null', [str('name')], 'int', '1 if $avp(name) has no value, -1 if it has one.', (ctx, name) =>
		ctx.get(avps).top(name) === null ? 1 : -1,
	),
	fn(
		'avp_sets',
		[str('name'), strOrNull('value')],
		'int',
		'Puts a text on top of $avp(name).',
		(ctx, name, value) => pushAvp(ctx, name, value ?? ''),
	),
	fn('avp_seti', [str('name'), int('value')], 'int', 'Puts an integer on top of $avp(name).', pushAvp),
	fn('avp_rm', [str('name')], 'int', 'Takes the newest value of $avp(name) away.', (ctx, name) => {
		ctx.get(avps).pop(name);
		return 1;
	}),
];

/** The functions on KSR.pvx. */
export const pvx = defineModule({
	name: 'pvx',
	doc: 'Variables by their inner names.',
	depends: ['pv'],
	functions: [
		...variableFunctions,
		...avpFunctions,
		...familyFunctions,
		...xavpFunctions,
		...branchFunctions,
	],
});
