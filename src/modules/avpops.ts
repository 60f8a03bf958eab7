/**
 * The avpops module: comparing, copying and removing AVPs (modules/avpops). What loads and stores them in a database is
 * left out.
 *
 * @module
 */
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fixed, fn, type KemiFunction } from '../kemi/module.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { constantText } from '../pv/text.ts';
import { type AvpName, avpName, avps } from '../pv/variables/avp.ts';
import { compare, readCheck, type Value } from './avpops/check.ts';

/** The AVP that a text names, `$avp(x)`; undefined after an error line if it names none. */
function findAvp(ctx: RequestContext, caller: string, text: string): AvpName | undefined {
	const [, inner] = /^\$\(?avp\((.+?)\)(?:\[.*\])?\)?$/.exec(text) ?? [];
	if (inner === undefined) {
		ctx.refuse(`${caller}: "${text}" is no $avp(name)`);
		return undefined;
	}
	try {
		return avpName(constantText(inner))(ctx);
	} catch (error) {
		if (!(error instanceof PvSyntaxError)) throw error;
		ctx.refuse(`${caller}: ${error.message}`);
		return undefined;
	}
}

/** The values of a variable: all of an AVP, the newest first; the one value of another; none after an error line. */
function valuesOf(ctx: RequestContext, caller: string, text: string): Value[] {
	if (/^\$\(?avp\(/.test(text)) {
		const name = findAvp(ctx, caller, text);
		return name === undefined ? [] : ctx.get(avps).all(name);
	}
	const variable = ctx.host.variables.variable(text);
	if (variable instanceof PvSyntaxError) {
		ctx.refuse(`${caller}: ${text}: ${variable.message}`);
		return [];
	}
	const value = variable.get(ctx);
	return value === null ? [] : [value];
}

function check(ctx: RequestContext, variable: string, comparison: string): 1 | -1 {
	const caller = 'KSR.avpops.avp_check';
	const wanted = readCheck(comparison);
	if (typeof wanted === 'string') return ctx.refuse(`${caller}: ${wanted}`);
	const { operand } = wanted;
	const others = typeof operand === 'object' ? valuesOf(ctx, caller, operand.variable) : [operand];
	const values = valuesOf(ctx, caller, variable);
	const looked = wanted.all ? values : values.slice(0, 1);
	return looked.some((value) => others.some((other) => compare(wanted, value, other))) ? 1 : -1;
}

/** A variable with flags behind a slash, `$avp(x)/gd`; undefined after an error line for other flags. */
function splitFlags(
	ctx: RequestContext,
	caller: string,
	text: string,
	known: string,
): { name: string; flags: ReadonlySet<string> } | undefined {
	const slash = text.indexOf('/');
	const name = slash < 0 ? text : text.slice(0, slash);
	const flags = slash < 0 ? '' : text.slice(slash + 1).toLowerCase();
	const wrong = [...flags].find((flag) => !known.includes(flag));
	if (wrong === undefined) return { name, flags: new Set(flags) };
	ctx.refuse(`${caller}: "${wrong}" is no flag; they are ${known}`);
	return undefined;
}

/** A value as the flags `n` (integer) or `s` (text) want it; undefined if it is no integer. */
function cast(value: Value, flags: ReadonlySet<string>): Value | undefined {
	if (flags.has('n') && typeof value === 'string') return /^\d+$/.test(value) ? Number(value) : undefined;
	return flags.has('s') ? String(value) : value;
}

function copy(ctx: RequestContext, source: string, destination: string): 1 | -1 {
	const caller = 'KSR.avpops.avp_copy';
	const from = findAvp(ctx, caller, source);
	const target = splitFlags(ctx, caller, destination, 'gdns');
	const to = target && findAvp(ctx, caller, target.name);
	if (from === undefined || to === undefined) return -1;
	const stacks = ctx.get(avps);
	const { flags } = target as { flags: ReadonlySet<string> };
	const values = flags.has('g') ? stacks.all(from) : stacks.all(from).slice(0, 1);
	for (const value of values) {
		const copied = cast(value, flags);
		if (copied === undefined) return ctx.refuse(`${caller}: "${value}" is no integer`);
		if (flags.has('d')) stacks.remove(from, value);
		stacks.push(to, copied);
	}
	return values.length > 0 ? 1 : -1;
}

function isSet(ctx: RequestContext, text: string): 1 | -1 {
	const caller = 'is_avp_set';
	const wanted = splitFlags(ctx, caller, text, 'ens');
	const name = wanted && findAvp(ctx, caller, wanted.name);
	const value = name === undefined ? null : ctx.get(avps).top(name);
	if (!wanted || value === null) return -1;
	const { flags } = wanted;
	const isText = typeof value === 'string';
	if ((flags.has('s') && !isText) || (flags.has('n') && isText)) return -1;
	return !flags.has('e') || value === '' || value === 0 ? 1 : -1;
}

function remove(ctx: RequestContext, text: string): 1 | -1 {
	const caller = 'avp_delete';
	const wanted = splitFlags(ctx, caller, text, 'g');
	const name = wanted && findAvp(ctx, caller, wanted.name);
	if (name === undefined) return -1;
	const stacks = ctx.get(avps);
	if (stacks.count(name) === 0) return -1;
	if (wanted?.flags.has('g')) stacks.clear(name);
	else stacks.pop(name);
	return 1;
}

const nativeFunction = (
	name: string,
	doc: string,
	run: (ctx: RequestContext, variable: string) => 1 | -1,
): KemiFunction => fn(name, [fixed('variable')], 'int', doc, run);

/** The functions on KSR.avpops. */
export const avpops = defineModule({
	name: 'avpops',
	doc: 'Comparing and copying AVPs.',
	functions: [
		fn(
			'avp_check',
			[fixed('variable'), fixed('comparison')],
			'int',
			'1 if a variable compares as wanted, -1 if not. A comparison is operation/value/flags: eq, ne, lt, le, gt, ge, re (a POSIX expression), fm (a shell pattern), and, or, xor; a text, i:integer or a variable; g for any value of an AVP, i without regard to case.',
			check,
			{ cfg: 'avp_check' },
		),
		fn(
			'avp_copy',
			[fixed('source'), fixed('destination')],
			'int',
			'Copies the newest value of an AVP onto another: 1, or -1 without one. Flags behind the destination, as in $avp(b)/gd: g all values, d removes them from the source, n as integers, s as texts.',
			copy,
			{ cfg: 'avp_copy' },
		),
	],
	cfgFunctions: [
		nativeFunction(
			'is_avp_set',
			'1 if an AVP has a value; with flags behind it, as in $avp(x)/e: e an empty one or 0, n an integer, s a text.',
			isSet,
		),
		nativeFunction(
			'avp_delete',
			'Removes the newest value of an AVP, with $avp(x)/g all: 1, or -1 without one.',
			remove,
		),
	],
});
