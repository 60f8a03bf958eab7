/**
 * The debugger module: shows the variables of a request in the log (modules/debugger/debugger_json.c). `kemihost debug` steps
 * through scripts, and `--trace` shows their calls.
 *
 * @module
 */
import { bytesOf, textOf } from '../bytes.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, int } from '../kemi/module.ts';
import type { KemiValue } from '../kemi/value.ts';
import { LEVELS, levelNamed } from '../log/levels.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import { avps } from '../pv/variables/avp.ts';
import { pvState } from '../pv/variables/pv-state.ts';
import { rootList, XavpList } from '../pv/variables/xavp-lists.ts';

/** Bits of the mask: which variables are shown. */
const MASK = { empty: 1, avp: 2, script: 4, xavp: 8, other: 16, all: 31 } as const;

/** Variables that belong to one of the other kinds, that have been changed on their way, or that reading changes. */
const NOT_OTHER = /^\$\(?(avp|xavp|xavu|xavi|var|vz|vn|shvinc|sht(inc|dec)|mct?(inc|dec)|cnt)\b|\{/;

type Dump = Record<string, KemiValue>;

function avpDump(ctx: RequestContext, into: Dump): void {
	const stacks = ctx.get(avps);
	for (const name of stacks.names())
		into[`$avp(${typeof name === 'number' ? `i:${name}` : name})`] = stacks.all(name);
}

function scriptDump(ctx: RequestContext, into: Dump): void {
	const { vars, nullVars } = pvState(ctx);
	for (const [name, value] of vars.of(ctx)) into[`$var(${name})`] = value;
	for (const [name, value] of nullVars.of(ctx)) into[`$vn(${name})`] = value;
}

function xavpDump(ctx: RequestContext, into: Dump): void {
	for (const kind of ['xavp', 'xavu', 'xavi'] as const) {
		const root = rootList(ctx, kind);
		for (const name of root.names())
			into[`$${kind}(${name})`] = root
				.all(name)
				.map(({ value }) => (value instanceof XavpList ? value.toScript() : value));
	}
}

/** Variables of all other kinds, those that the script has asked for so far. */
function otherDump(ctx: RequestContext, into: Dump, withEmpty: boolean): void {
	for (const source of ctx.host.variables.asked) {
		if (NOT_OTHER.test(source)) continue;
		const variable = ctx.host.variables.variable(source);
		const value = variable instanceof PvSyntaxError ? null : variable.get(ctx);
		if (value !== null || withEmpty) into[source] = value;
	}
}

function dump(ctx: RequestContext, mask: number, level: number): number {
	const name = levelNamed(level);
	if (!ctx.host.log.shows(name)) return 1;
	const shown: Dump = {};
	if (mask & MASK.avp) avpDump(ctx, shown);
	if (mask & MASK.script) scriptDump(ctx, shown);
	if (mask & MASK.xavp) xavpDump(ctx, shown);
	if (mask & MASK.other) otherDump(ctx, shown, (mask & MASK.empty) !== 0);
	const text = JSON.stringify(shown, (_key, value: unknown) =>
		typeof value === 'string' ? textOf(value) : value,
	);
	ctx.log(name, bytesOf(text));
	return 1;
}

const WHAT =
	'Logs the variables of the request as JSON: all $avp, $var and $xavp, and what else the script has asked for by its name';
const PARTS =
	'The mask is a sum of 2 for $avp, 4 for $var, 8 for $xavp, 16 for all others, and 1 for those without a value among them; the level is that of core.debug, 2 for info';

/** The functions on KSR.debugger. */
export const debuggerModule = defineModule({
	name: 'debugger',
	doc: 'The variables of a request, in the log. kemihost debug steps through scripts, and --trace shows their calls.',
	functions: [
		fn('dbg_pv_dump', [], 'int', `${WHAT}, at level debug: 1.`, (ctx) => dump(ctx, MASK.all, LEVELS.debug), {
			cfg: 'dbg_pv_dump',
		}),
		fn(
			'dbg_pv_dump_ex',
			[int('mask'), int('level')],
			'int',
			`${WHAT}: 1. ${PARTS}.`,
			(ctx, mask, level) => dump(ctx, mask, level),
			{ cfg: 'dbg_pv_dump' },
		),
	],
	cfgFunctions: [
		fn('dbg_pv_dump', [int('mask')], 'int', `${WHAT}, at level debug: 1. ${PARTS}.`, (ctx, mask) =>
			dump(ctx, mask, LEVELS.debug),
		),
	],
});
