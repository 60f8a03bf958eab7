/**
 * The functions that copy, turn and take apart `$xavp` and `$xavu` (modules/pv/pv.c, pv_xavp.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, int, type KemiFunction, str, variable } from '../../kemi/module.ts';
import { pvState } from '../../pv/variables/pv-state.ts';
import { rootList, shown, type XavpKind, XavpList } from '../../pv/variables/xavp-lists.ts';
import { formatParams, parseParams, splitList } from './params.ts';
import { setVariable } from './write.ts';

/** Copies a value behind the others of the new name. */
function copy(ctx: RequestContext, source: string, index: number, destination: string): number {
	const root = rootList(ctx, 'xavp');
	const value = root.at(source, index);
	if (index < 0 || value === undefined)
		return ctx.refuse(`KSR.pvx.xavp_copy: there is no $xavp(${source}[${index}])`);
	root.addOldest(destination, value instanceof XavpList ? value.copy() : value);
	return 1;
}

/** Makes a list of the parameters in a text. In a `$xavu` the first of several values of a name stays. */
function explode(
	ctx: RequestContext,
	kind: 'xavp' | 'xavu',
	text: string,
	separator: string,
	name: string,
): number {
	if (!text || !name || !separator) return ctx.refuse(`KSR.pvx.${kind}_params_explode: a parameter is empty`);
	const params = parseParams(text, separator[0]);
	if (!params) return ctx.refuse(`KSR.pvx.${kind}_params_explode: "${text}" is no list of parameters`);
	const root = rootList(ctx, kind);
	const list = root.sublist();
	for (const [key, value] of params.toReversed()) {
		if (kind === 'xavu') list.removeAll(key);
		list.add(key, value);
	}
	if (kind !== 'xavu' || !root.replace(name, 0, list)) root.add(name, list);
	return 1;
}

function implode(ctx: RequestContext, kind: XavpKind, name: string, variable: string, quote = ''): number {
	const caller = `KSR.pvx.${kind}_params_implode`;
	const list = rootList(ctx, kind).at(name, 0);
	const text = list instanceof XavpList ? formatParams(list, quote) : '';
	return text
		? setVariable(ctx, caller, variable, text)
		: ctx.refuse(`${caller}: $${kind}(${name}) has no fields`);
}

function explodeList(
	ctx: RequestContext,
	text: string,
	separators: string,
	mode: string,
	name: string,
): number {
	if (!text || !separators || !name) return ctx.refuse('KSR.pvx.xavp_slist_explode: a parameter is empty');
	const root = rootList(ctx, 'xavp');
	const list = root.sublist();
	for (const part of splitList(text, separators, mode).toReversed()) list.add('v', part);
	root.add(name, list);
	return 1;
}

/** `$var` values as fields of a new list: one variable, or all that hold something for `*`. */
function variablesToXavp(ctx: RequestContext, variable: string, name: string): number {
	const vars = pvState(ctx).vars.of(ctx);
	const root = rootList(ctx, 'xavp');
	root.removeAll(name);
	const all = [...vars].filter(([, value]) => value !== '');
	const one = vars.get(variable);
	if (variable !== '*' && one === undefined)
		return ctx.refuse(`KSR.pvx.pv_var_to_xavp: $var(${variable}) has never been set`);
	const list = root.sublist();
	for (const [key, value] of variable === '*' ? all : [[variable, one as string | number] as const])
		list.add(key, value);
	if (list.items().length > 0) root.add(name, list);
	return 1;
}

/** The fields of every list of a name as `$var` values; of several values of a field the oldest stays. */
function xavpToVariables(ctx: RequestContext, name: string): number {
	const lists = rootList(ctx, 'xavp').all(name);
	if (lists.length === 0) return ctx.refuse(`KSR.pvx.pv_xavp_to_var: there is no $xavp(${name})`);
	for (const { value: list } of lists) {
		if (!(list instanceof XavpList))
			return ctx.refuse(`KSR.pvx.pv_xavp_to_var: $xavp(${name}) has no fields`);
		for (const { name: field, value } of list.items()) {
			if (value instanceof XavpList) return ctx.refuse(`KSR.pvx.pv_xavp_to_var: ${field} is a list`);
			pvState(ctx).vars.of(ctx).set(field, value);
		}
	}
	return 1;
}

/** Logs a list, one line for each value. */
function print(ctx: RequestContext, list: XavpList, path: string): void {
	for (const name of list.names())
		list.all(name).forEach(({ value }, index) => {
			const place = `${path}${name}[${index}]`;
			if (value instanceof XavpList) print(ctx, value, `${place}=>`);
			else ctx.report('info', `${place}) = ${typeof value === 'number' ? value : `"${shown(value)}"`}`);
		});
}

function printFunction(kind: XavpKind): KemiFunction {
	const name = `pv_${kind}_print`;
	const run = (ctx: RequestContext) => {
		print(ctx, rootList(ctx, kind), `$${kind}(`);
		return 1;
	};
	return fn(name, [], 'int', `Logs every $${kind} of the request at level info.`, run, { cfg: name });
}

/** All of them. */
export const xavpFunctions: readonly KemiFunction[] = [
	fn(
		'xavp_copy',
		[str('name'), int('index'), str('new_name')],
		'int',
		'Copies an $xavp by its index after the others of a new name; lists inside of its fields are left out.',
		copy,
		{ cfg: 'xavp_copy' },
	),
	fn(
		'xavp_copy_dst',
		[str('name'), int('index'), str('new_name'), int('new_index')],
		'int',
		'The same as xavp_copy; the new index is not looked at, as in Kamailio.',
		(ctx, name, index, newName) => copy(ctx, name, index, newName),
		{ cfg: 'xavp_copy' },
	),
	fn(
		'xavp_lshift',
		[str('name'), int('count')],
		'int',
		'Moves the first values of an $xavp after the others; a negative number moves the last ones to the front.',
		(ctx, name, count) => {
			const root = rootList(ctx, 'xavp');
			if (root.count(name) === 0) return count === 0 ? 1 : -2;
			root.rotate(name, count);
			return 1;
		},
	),
	fn(
		'xavp_params_explode',
		[str('params'), str('name')],
		'int',
		'Adds an $xavp with a field for each parameter in a=b;c="d e".',
		(ctx, params, name) => explode(ctx, 'xavp', params, ';', name),
		{ cfg: 'xavp_params_explode' },
	),
	fn(
		'xavp_xparams_explode',
		[str('params'), str('separator'), str('name')],
		'int',
		'The same as xavp_params_explode with another separator than the semicolon, as in a=b&c=d.',
		(ctx, params, separator, name) => explode(ctx, 'xavp', params, separator, name),
	),
	fn(
		'xavu_params_explode',
		[str('params'), str('name')],
		'int',
		'Sets an $xavu with a field for each parameter in a=b;c="d e".',
		(ctx, params, name) => explode(ctx, 'xavu', params, ';', name),
		{ cfg: 'xavu_params_explode' },
	),
	fn(
		'xavp_params_implode',
		[str('name'), variable('variable')],
		'int',
		"Sets a variable to an $xavp's fields as a=b;c=d;",
		(ctx, name, variable) => implode(ctx, 'xavp', name, variable),
		{ cfg: 'xavp_params_implode' },
	),
	fn(
		'xavp_params_implode_qval',
		[str('name'), variable('variable')],
		'int',
		'The same as xavp_params_implode with texts in quotes: a="b";',
		(ctx, name, variable) => implode(ctx, 'xavp', name, variable, '"'),
	),
	fn(
		'xavu_params_implode',
		[str('name'), variable('variable')],
		'int',
		"Sets a variable to an $xavu's fields as a=b;c=d;",
		(ctx, name, variable) => implode(ctx, 'xavu', name, variable),
		{ cfg: 'xavu_params_implode' },
	),
	fn(
		'xavp_slist_explode',
		[str('list'), str('separators'), str('mode'), str('name')],
		'int',
		'Adds an $xavp whose field v holds the parts of a list in order; mode t takes blanks from their ends.',
		explodeList,
		{ cfg: 'xavp_slist_explode' },
	),
	fn(
		'pv_var_to_xavp',
		[str('variable'), str('name')],
		'int',
		'Sets an $xavp to a field with the value of a $var; * takes all that are set.',
		variablesToXavp,
		{ cfg: 'pv_var_to_xavp' },
	),
	fn('pv_xavp_to_var', [str('name')], 'int', 'Sets a $var for each field of an $xavp.', xavpToVariables, {
		cfg: 'pv_xavp_to_var',
	}),
	printFunction('xavp'),
	printFunction('xavu'),
	printFunction('xavi'),
];
