/**
 * The dialplan module: translates texts, such as numbers, by rules of a table (modules/dialplan).
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import {
	defineModule,
	fixed,
	fn,
	int,
	type KemiModule,
	noEffect,
	type ParamValues,
	param,
	str,
	variable,
} from '../kemi/module.ts';
import { RpcFault } from '../kemi/rpc.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { Accessor } from '../pv/variable.ts';
import { CachedTables } from './cached-tables.ts';
import { DB_URL, databaseParam, nameParam } from './database-params.ts';
import { DynamicExpressions } from './dialplan/expressions.ts';
import { type DialplanNames, type Plans, readPlans } from './dialplan/plans.ts';
import { dialplanCommands, RELOAD_NOW } from './dialplan/rpc.ts';
import type { DialplanState } from './dialplan/state.ts';

const NO_PLAN = -2;

/** What the results of translating functions come to. */
const CODES = '1 done, -1 no rule matches or the text is empty, -2 no such dialplan';

/** The variables that attributes and translations can be put into. */
const INTO = /^\$\(?(?:(?:avp|xavp|var|vz|vn)\(|(?:ru|ruri|rU|ruri\.user)\)?$)/;
const KEPT = /^\$\(?(?:avp|xavp|var|vz|vn)\(/;

/** A variable by its name; undefined after an error line. */
function variableOf(ctx: RequestContext, caller: string, name: string): Accessor | undefined {
	const found = ctx.host.variables.variable(name);
	if (!(found instanceof PvSyntaxError)) return found;
	ctx.refuse(`${caller}: ${name}: ${found.message}`);
	return undefined;
}

/** Puts a value into a variable; one that is read-only takes none, with a warning, as in Kamailio. */
function put(ctx: RequestContext, caller: string, name: string, value: string): boolean {
	const found = variableOf(ctx, caller, name);
	if (!found) return false;
	if (found.set) return found.set(ctx, value) !== false;
	ctx.report('warning', `${caller}: ${name} is read-only`);
	return true;
}

/**
 * Finds the rule for a text, and translates by it.
 * @param into the name of the variable for the translation, if any
 * @param translates false if only the match counts
 */
function apply(
	ctx: RequestContext,
	caller: string,
	{
		id,
		text,
		into,
		translates,
	}: { id: number; text: string; into?: string | undefined; translates: boolean },
): number {
	const { tables, attributes } = ctx.state(dialplan);
	if (!tables.hasDatabase) return ctx.refuse(`${caller}: db_url is not set`);
	if (into !== undefined && !variableOf(ctx, caller, into)) return -1;
	const plan = tables.content.get(id);
	if (!plan) return NO_PLAN;
	const rule = plan.find(text, ctx);
	if (!rule) return -1;
	if (translates) {
		const translation = rule.translate(text, ctx);
		if ('why' in translation) return ctx.refuse(`${caller}: ${translation.why}`);
		const { output } = translation;
		if (into !== undefined && output !== '' && !put(ctx, caller, into, output)) return -1;
	}
	return attributes === undefined || put(ctx, caller, attributes, rule.row.attributes) ? 1 : -1;
}

/** Translates what a variable holds. */
function translateVariable(
	ctx: RequestContext,
	caller: string,
	id: number,
	from: string,
	into: string | undefined,
): number {
	if (into !== undefined && !INTO.test(into))
		return ctx.refuse(`${caller}: a translation goes into $avp, $xavp, $var or $rU, not into ${into}`);
	const variable = variableOf(ctx, caller, from);
	if (!variable) return -1;
	if (!ctx.state(dialplan).tables.content.has(id)) return NO_PLAN;
	const text = variable.get(ctx) ?? '';
	if (text === '') return ctx.refuse(`${caller}: ${from} is empty`);
	return apply(ctx, caller, { id, text: String(text), into, translates: true });
}

const USER = '$rU';

/** `$var(in)/$var(out)`; without a slash there is only a match. */
function translateNative(ctx: RequestContext, id: number, places: string): number {
	const [from = '', into] = places.split('/', 2);
	return translateVariable(ctx, 'dp_translate', id, from, into);
}

/** Reads the rules anew in every child. */
async function reloadAll(ctx: RequestContext): Promise<number> {
	try {
		await ctx.host.processes.everywhere('dialplan.reload', [RELOAD_NOW]);
		return 1;
	} catch (error) {
		if (error instanceof RpcFault) return ctx.refuse(`dp_reload: ${error.message}`);
		throw error;
	}
}

function namesOf(params: ParamValues): DialplanNames {
	const column = (name: string) => nameParam(params, 'dialplan', `${name}_col`);
	const columns = ['dpid', 'pr', 'match_op', 'match_exp', 'match_len', 'subst_exp', 'repl_exp', 'attrs'];
	return {
		table: nameParam(params, 'dialplan', 'table_name'),
		columns: columns.map(column),
		priority: column('pr'),
	};
}

function attributesOf(params: ParamValues): string | undefined {
	const name = params.str('attrs_pvar') || undefined;
	if (name !== undefined && !KEPT.test(name))
		throw new KemihostError(
			'KH_MODPARAM',
			`parameter attrs_pvar of module dialplan: "${name}" is no $avp(name), $xavp(name=>name) or $var(name)`,
		);
	return name;
}

const ID = int('dialplan');
const WHERE_SET = 'and a variable takes its attributes where attrs_pvar names one';

/** The functions on KSR.dialplan. */
export const dialplan: KemiModule<DialplanState> = defineModule<DialplanState>({
	name: 'dialplan',
	doc: 'Translates texts, such as telephone numbers, by the rules of a table.',
	params: [
		DB_URL,
		param('table_name', 'dialplan', 'The table of rules.'),
		param('dpid_col', 'dpid', "The column of dialplans' numbers."),
		param('pr_col', 'pr', 'The column that says which rule is tried first: the smallest.'),
		param(
			'match_op_col',
			'match_op',
			'The column that says how match_exp is meant: 0 a text, 1 a regular expression, 2 a file name pattern.',
		),
		param('match_exp_col', 'match_exp', 'The column of what texts are compared with.'),
		param(
			'match_len_col',
			'match_len',
			'The column of lengths: a rule is for texts of so many bytes, 0 for all.',
		),
		param('subst_exp_col', 'subst_exp', 'The column of the regular expressions whose groups repl_exp names.'),
		param('repl_exp_col', 'repl_exp', 'The column of translations; \\1 is a group, $… a variable.'),
		param('attrs_col', 'attrs', 'The column of attributes.'),
		param(
			'attrs_pvar',
			null,
			'The variable that takes the attributes of the rule that matched: $avp(name), $xavp(name=>name), $var(name).',
		),
		param('match_dynamic', 0, '1 if match_exp and subst_exp may hold variables.'),
		param('reload_delta', 5, 'Seconds that have to lie between two dialplan.reload.'),
		noEffect('fetch_rows', 1000, 'all rows are read at once'),
		noEffect('append_branch', 1, 'it is about branches of SIP'),
	],
	functions: [
		fn(
			'dp_match',
			[ID, str('text')],
			'int',
			`Finds the rule for a text, ${WHERE_SET}: ${CODES}.`,
			(ctx, id, text) => apply(ctx, 'KSR.dialplan.dp_match', { id, text, translates: false }),
			{ cfg: 'dp_match' },
		),
		fn(
			'dp_replace',
			[ID, str('text'), str('variable')],
			'int',
			`Translates a text into a variable, "$var(x)", ${WHERE_SET}: ${CODES}.`,
			(ctx, id, text, into) => apply(ctx, 'KSR.dialplan.dp_replace', { id, text, into, translates: true }),
		),
		fn(
			'dp_translate',
			[ID],
			'int',
			"Translates the user of a SIP request's URI. HTTP has none: always -1, as in Kamailio 5.6.3.",
			(ctx) => ctx.refuse(`KSR.dialplan.dp_translate: ${USER} is empty; dp_translate_vars names variables`),
		),
		fn(
			'dp_translate_vars',
			[ID, str('from'), str('into')],
			'int',
			`Translates what a variable holds into another, both of them $avp, $xavp or $var, ${WHERE_SET}: ${CODES}.`,
			(ctx, id, from, into) => {
				const caller = 'KSR.dialplan.dp_translate_vars';
				if (!INTO.test(from)) return ctx.refuse(`${caller}: "${from}" is no $avp, $xavp or $var`);
				return translateVariable(ctx, caller, id, from, into);
			},
		),
	],
	cfgFunctions: [
		fn(
			'dp_replace',
			[ID, str('text'), variable('variable')],
			'int',
			`Translates a text into a variable, ${WHERE_SET}: ${CODES}.`,
			(ctx, id, text, into) => apply(ctx, 'dp_replace', { id, text, into, translates: true }),
		),
		fn('dp_translate', [ID], 'int', `Translates the user of the request's URI, $rU: ${CODES}.`, (ctx, id) =>
			translateVariable(ctx, 'dp_translate', id, USER, USER),
		),
		fn(
			'dp_translate',
			[ID, fixed('variables')],
			'int',
			`Translates what a variable holds into another, "$var(from)/$var(into)"; without the other it goes nowhere: ${CODES}.`,
			translateNative,
		),
		fn(
			'dp_reload',
			[],
			'int',
			'Reads the rules again, in every child: 1, or -1 after an error line.',
			reloadAll,
			{ waits: true },
		),
	],
	rpc: dialplanCommands((host) => host.state(dialplan)),

	init(params, host) {
		const names = namesOf(params);
		const dynamic = params.int('match_dynamic') === 1 ? new DynamicExpressions(host.variables) : undefined;
		return {
			tables: new CachedTables<Plans>('dialplan', databaseParam(params, 'dialplan'), new Map(), (read) =>
				readPlans(read, names, dynamic),
			),
			attributes: attributesOf(params),
			reloadDelta: Math.max(0, params.int('reload_delta')),
			reloaded: Number.NEGATIVE_INFINITY,
		};
	},

	started: ({ tables }) => tables.start(),
});
