/**
 * The functions that `$xavp`, `$xavi` and `$xavu` have in common (modules/pv/pv.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, int, type KemiFunction, str, strOrNull } from '../../kemi/module.ts';
import type { PvValue } from '../../pv/variable.ts';
import {
	getChild,
	rootList,
	setChild,
	shown,
	type XavpKind,
	XavpList,
	type XavpValue,
} from '../../pv/variables/xavp-lists.ts';

const isNull = (value: XavpValue | undefined) => (value === undefined ? 1 : -1);

/** Adds a value, or sets it where a name has one value. */
function setRoot(ctx: RequestContext, kind: XavpKind, name: string, value: XavpValue): number {
	if (!name) return ctx.refuse(`KSR.pvx: an ${kind} needs a name`);
	const root = rootList(ctx, kind);
	if (kind !== 'xavu' || !root.replace(name, 0, value)) root.add(name, value);
	return 1;
}

function setField(
	ctx: RequestContext,
	kind: XavpKind,
	name: string,
	field: string,
	value: XavpValue,
): number {
	if (!name || !field) return ctx.refuse(`KSR.pvx: an ${kind} needs a name and a field`);
	setChild(rootList(ctx, kind), name, field, value);
	return 1;
}

function removeField(ctx: RequestContext, kind: XavpKind, name: string, field: string): number {
	const list = rootList(ctx, kind).at(name, 0);
	if (list instanceof XavpList) list.remove(field, 0);
	return 1;
}

/** The functions of every kind. */
function common(kind: XavpKind): KemiFunction[] {
	const root = `$${kind}(name)`;
	const child = `$${kind}(name=>field)`;
	const getRoot = (ctx: RequestContext, name: string): PvValue => shown(rootList(ctx, kind).at(name, 0));
	const getField = (ctx: RequestContext, name: string, field: string): PvValue =>
		shown(getChild(rootList(ctx, kind), name, field));
	const name = str('name');
	const field = str('field');
	return [
		fn(`${kind}_get`, [name], 'xval', `The value of ${root}; null without one.`, getRoot),
		fn(`${kind}_gete`, [name], 'xval', `The value of ${root}; an empty string without one.`, (ctx, key) => {
			return getRoot(ctx, key) ?? '';
		}),
		fn(`${kind}_getw`, [name], 'xval', `The value of ${root}; <null> without one.`, (ctx, key) => {
			return getRoot(ctx, key) ?? '<null>';
		}),
		fn(`${kind}_is_null`, [name], 'int', `1 if ${root} has no value, -1 if it has one.`, (ctx, key) =>
			isNull(rootList(ctx, kind).at(key, 0)),
		),
		fn(`${kind}_sets`, [name, strOrNull('value')], 'int', `Sets ${root} to a text.`, (ctx, key, value) =>
			setRoot(ctx, kind, key, value ?? ''),
		),
		fn(`${kind}_seti`, [name, int('value')], 'int', `Sets ${root} to an integer.`, (ctx, key, value) =>
			setRoot(ctx, kind, key, value),
		),
		fn(
			`${kind}_rm`,
			[name],
			'int',
			`Removes the newest ${root}.`,
			(ctx, key) => {
				rootList(ctx, kind).remove(key, 0);
				return 1;
			},
			{ cfg: `${kind}_rm` },
		),
		fn(`${kind}_child_get`, [name, field], 'xval', `The value of ${child}; null without one.`, getField),
		fn(
			`${kind}_child_gete`,
			[name, field],
			'xval',
			`The value of ${child}; an empty string without one.`,
			(ctx, key, childKey) => getField(ctx, key, childKey) ?? '',
		),
		fn(
			`${kind}_child_getw`,
			[name, field],
			'xval',
			`The value of ${child}; <null> without one.`,
			(ctx, key, childKey) => getField(ctx, key, childKey) ?? '<null>',
		),
		fn(
			`${kind}_child_is_null`,
			[name, field],
			'int',
			`1 if ${child} has no value, -1 if it has one.`,
			(ctx, key, childKey) => isNull(getChild(rootList(ctx, kind), key, childKey)),
		),
		fn(
			`${kind}_child_sets`,
			[name, field, strOrNull('value')],
			'int',
			`Sets ${child} to a text.`,
			(ctx, key, childKey, value) => setField(ctx, kind, key, childKey, value ?? ''),
			{ cfg: `${kind}_child_sets` },
		),
		fn(
			`${kind}_child_seti`,
			[name, field, int('value')],
			'int',
			`Sets ${child} to an integer.`,
			(ctx, key, childKey, value) => setField(ctx, kind, key, childKey, value),
			{ cfg: `${kind}_child_seti` },
		),
		fn(
			`${kind}_child_rm`,
			[name, field],
			'int',
			`Removes ${child}.`,
			(ctx, key, childKey) => removeField(ctx, kind, key, childKey),
			{ cfg: `${kind}_child_rm` },
		),
	];
}

/** The list at an index; null after an error line if there is a value without fields. */
function listAt(ctx: RequestContext, kind: XavpKind, name: string, index: number): XavpList | null {
	const value = rootList(ctx, kind).at(name, index);
	if (value === undefined || value instanceof XavpList) return value ?? null;
	ctx.report('error', `KSR.pvx: $${kind}(${name}[${index}]) has no fields`);
	return null;
}

/** The functions of the kinds where a name has several values. */
function several(kind: 'xavp' | 'xavi'): KemiFunction[] {
	return [
		fn(`${kind}_rm_all`, [str('name')], 'int', `Removes every $${kind}(name).`, (ctx, name) => {
			rootList(ctx, kind).removeAll(name);
			return 1;
		}),
		fn(
			`${kind}_getd`,
			[str('name')],
			'xval',
			`Every $${kind}(name) that has fields, newest first: under each field an array of its values. Null without one.`,
			(ctx, name) => {
				const items = rootList(ctx, kind).all(name);
				const lists = items.map(({ value }) => value).filter((value) => value instanceof XavpList);
				return items.length === 0 ? null : lists.map((list) => list.toScript());
			},
		),
		fn(
			`${kind}_getd_p1`,
			[str('name'), int('index')],
			'xval',
			`One $${kind}(name) by its index: under each field an array of its values. Null without one.`,
			(ctx, name, index) => listAt(ctx, kind, name, index)?.toScript() ?? null,
		),
		fn(
			`${kind}_get_keys`,
			[str('name'), int('index')],
			'xval',
			`The names of the fields of $${kind}(name) at an index. Null without one.`,
			(ctx, name, index) => listAt(ctx, kind, name, index)?.names() ?? null,
		),
	];
}

/** All of them. */
export const familyFunctions: readonly KemiFunction[] = [
	...common('xavp'),
	...several('xavp'),
	...common('xavi'),
	...several('xavi'),
	...common('xavu'),
];
