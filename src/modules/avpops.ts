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
import { type AvpName, type AvpNameOf, avpName, avps } from '../pv/variables/avp.ts';
import { words } from '../words.ts';
import { compare, readCheck, type Value } from './avpops/check.ts';

/** How the AVP that a text begins with is found, `$avp(x)`; what is wrong with a text that names none. */
function readAvp(text: string): AvpNameOf | string {
	const [, inner] = /^\$\(?avp\((.+?)\)/.exec(text) ?? [];
	if (inner === undefined) return `"${text}" is no $avp(name)`;
	try {
		return avpName(constantText(inner));
	} catch (error) {
		if (!(error instanceof PvSyntaxError)) throw error;
		return error.message;
	}
}

/** The AVP that a text names; undefined after an error line if it names none. */
function findAvp(ctx: RequestContext, caller: string, text: string): AvpName | undefined {
	const nameOf = readAvp(text);
	if (typeof nameOf !== 'string') return nameOf(ctx);
	ctx.refuse(`${caller}: ${nameOf}`);
	return undefined;
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

/** A text with flags behind a slash, as in `$avp(x)/gd`. */
interface Flagged {
	readonly name: string;
	readonly flags: ReadonlySet<string>;
}

/** Takes the flags from a text; what is wrong with them where they are others. */
function readFlags(text: string, known: string): Flagged | string {
	const slash = text.indexOf('/');
	const name = slash < 0 ? text : text.slice(0, slash);
	const flags = slash < 0 ? '' : text.slice(slash + 1).toLowerCase();
	const wrong = [...flags].find((flag) => !known.includes(flag));
	return wrong === undefined ? { name, flags: new Set(flags) } : `"${wrong}" is no flag; they are ${known}`;
}

/** The same; undefined behind an error line for other flags. */
function splitFlags(ctx: RequestContext, caller: string, text: string, known: string): Flagged | undefined {
	const flagged = readFlags(text, known);
	if (typeof flagged !== 'string') return flagged;
	ctx.refuse(`${caller}: ${flagged}`);
	return undefined;
}

/** What is wrong with an AVP and its flags, when the file is loaded. */
function avpProblem(known: string): (text: string) => string | undefined {
	return (text) => {
		const flagged = readFlags(text, known);
		if (typeof flagged === 'string') return flagged;
		const nameOf = readAvp(flagged.name);
		return typeof nameOf === 'string' ? nameOf : undefined;
	};
}

function sourceProblem(text: string): string | undefined {
	const nameOf = readAvp(text);
	return typeof nameOf === 'string' ? nameOf : undefined;
}

function variableProblem(text: string): string | undefined {
	return text.startsWith('$') ? undefined : `"${text}" is no variable`;
}

function comparisonProblem(text: string): string | undefined {
	const wanted = readCheck(text);
	return typeof wanted === 'string' ? wanted : undefined;
}

/** The flags that functions know behind an AVP. */
const FLAGS = { copy: 'gdns', isSet: 'ens', remove: 'g' } as const;

/** A value as the flags `n` (integer) or `s` (text) want it; undefined if it is no integer. */
function cast(value: Value, flags: ReadonlySet<string>): Value | undefined {
	if (flags.has('n') && typeof value === 'string') return /^\d+$/.test(value) ? Number(value) : undefined;
	return flags.has('s') ? String(value) : value;
}

function copy(ctx: RequestContext, source: string, destination: string): 1 | -1 {
	const caller = 'KSR.avpops.avp_copy';
	const from = findAvp(ctx, caller, source);
	const target = splitFlags(ctx, caller, destination, FLAGS.copy);
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
	const wanted = splitFlags(ctx, caller, text, FLAGS.isSet);
	const name = wanted && findAvp(ctx, caller, wanted.name);
	const value = name === undefined ? null : ctx.get(avps).top(name);
	if (!wanted || value === null) return -1;
	const { flags } = wanted;
	const isText = typeof value === 'string';
	if ((flags.has('s') && !isText) || (flags.has('n') && isText)) return -1;
	return !flags.has('e') || value === '' || value === 0 ? 1 : -1;
}

/** What `avp_delete` takes in place of a name: all AVPs, those whose names are texts, or numbers. */
const KINDS: Readonly<Record<string, (name: AvpName) => boolean>> = words({
	'*': () => true,
	a: () => true,
	s: (name) => typeof name === 'string',
	i: (name) => typeof name === 'number',
});

function remove(ctx: RequestContext, text: string): 1 | -1 {
	const caller = 'avp_delete';
	const wanted = splitFlags(ctx, caller, text, FLAGS.remove);
	if (!wanted) return -1;
	const stacks = ctx.get(avps);
	const kind = KINDS[wanted.name.toLowerCase()];
	if (kind) {
		const names = stacks.names().filter(kind);
		for (const name of names) stacks.clear(name);
		return names.length > 0 ? 1 : -1;
	}
	const name = findAvp(ctx, caller, wanted.name);
	if (name === undefined || stacks.count(name) === 0) return -1;
	if (wanted.flags.has('g')) stacks.clear(name);
	else stacks.pop(name);
	return 1;
}

function removedProblem(text: string): string | undefined {
	const [name = ''] = text.split('/');
	const whole = KINDS[name.toLowerCase()] ? `$avp(x)${text.slice(name.length)}` : text;
	return avpProblem(FLAGS.remove)(whole);
}

const nativeFunction = (
	name: string,
	check: (text: string) => string | undefined,
	doc: string,
	run: (ctx: RequestContext, variable: string) => 1 | -1,
): KemiFunction => fn(name, [fixed('variable', check)], 'int', doc, run);

/** The functions on KSR.avpops. */
export const avpops = defineModule({
	name: 'avpops',
	doc: 'Comparing and copying AVPs.',
	functions: [
		fn(
			'avp_check',
			[fixed('variable', variableProblem), fixed('comparison', comparisonProblem)],
			'int',
			'1 if a variable compares as wanted, -1 if not. A comparison is operation/value/flags: eq, ne, lt, le, gt, ge, re (a POSIX expression), fm (a shell pattern), and, or, xor; a text, i:integer or a variable; g for any value of an AVP, i without regard to case.',
			check,
			{ cfg: 'avp_check' },
		),
		fn(
			'avp_copy',
			[fixed('source', sourceProblem), fixed('destination', avpProblem(FLAGS.copy))],
			'int',
			'Copies the newest value of an AVP onto another: 1, or -1 without one. Flags after the destination, as in $avp(b)/gd: g all values, d removes them from the source, n as integers, s as texts.',
			copy,
			{ cfg: 'avp_copy' },
		),
	],
	cfgFunctions: [
		nativeFunction(
			'is_avp_set',
			avpProblem(FLAGS.isSet),
			'1 if an AVP has a value; with flags after it, as in $avp(x)/e: e an empty one or 0, n an integer, s a text.',
			isSet,
		),
		nativeFunction(
			'avp_delete',
			removedProblem,
			'Removes the newest value of an AVP, with $avp(x)/g all: 1, or -1 without one. In place of an AVP, * is all of them, s those whose names are texts, i those with numbers.',
			remove,
		),
	],
});
