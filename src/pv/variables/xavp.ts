/**
 * `$xavp`, `$xavi` and `$xavu`: structured values for one request (modules/pv/pv_xavp.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { Accessor, PvValue, Variable } from '../variable.ts';
import { literalVariable } from './names.ts';
import { rootList, setChild, shown, type XavpKind, XavpList } from './xavp-lists.ts';
import { parseXavpName, type XavpIndex, type XavpName, type XavpStep } from './xavp-name.ts';

/** An index for a request: 0 if none was written, undefined if a variable holds none. */
export function indexOf(ctx: RequestContext, step: XavpStep): XavpIndex | undefined {
	return step.index ? step.index(ctx) : 0;
}

/** The lists among the items that a step names; `[*]` names all of them. */
function listsAt(root: XavpList, name: string, index: XavpIndex): XavpList[] {
	const values = index === '*' ? root.all(name).map((item) => item.value) : [root.at(name, index)];
	return values.filter((value) => value instanceof XavpList);
}

/** Reads. `[*]` of the root is its newest item, of a field all values joined. */
function read(ctx: RequestContext, kind: XavpKind, { root, field }: XavpName): PvValue {
	const index = indexOf(ctx, root);
	if (index === undefined) return null;
	const value = rootList(ctx, kind).at(root.name, index === '*' ? 0 : index);
	if (!field) return shown(value);
	const fieldIndex = indexOf(ctx, field);
	if (fieldIndex === undefined || !(value instanceof XavpList)) return null;
	if (fieldIndex !== '*') return shown(value.at(field.name, fieldIndex));
	const all = value.all(field.name).map((item) => shown(item.value));
	return all.length === 0 ? null : all.join(', ');
}

/** Removes what a name leads to; without an index the newest. */
function remove(ctx: RequestContext, list: XavpList, step: XavpStep): boolean {
	const index = indexOf(ctx, step);
	if (index === undefined) return false;
	if (index === '*') list.removeAll(step.name);
	else list.remove(step.name, index);
	return true;
}

function unset(ctx: RequestContext, top: XavpList, { root, field }: XavpName): boolean {
	if (!field) return remove(ctx, top, root);
	const index = indexOf(ctx, root);
	if (index === undefined) return false;
	return listsAt(top, root.name, index).every((list) => remove(ctx, list, field));
}

/** Sets what a name leads to. Without an index a value is added; with one it is replaced, or nothing happens. */
function assign(ctx: RequestContext, top: XavpList, name: XavpName, value: string | number): boolean {
	const { root, field } = name;
	if (!root.index) {
		if (!field) {
			top.add(root.name, value);
		} else {
			const list = top.sublist();
			list.add(field.name, value);
			top.add(root.name, list);
		}
		return true;
	}
	const index = indexOf(ctx, root);
	if (index === undefined) return false;
	if (!field) {
		if (index !== '*' && top.replace(root.name, index, value)) return true;
		ctx.report('error', `there is no ${root.name}[${index}] to be set`);
		return false;
	}
	if (index === '*') return true;
	const list = top.at(root.name, index);
	if (list === undefined) return true;
	if (!(list instanceof XavpList)) {
		ctx.report('error', `${root.name}[${index}] has no fields`);
		return false;
	}
	if (!field.index) {
		list.add(field.name, value);
		return true;
	}
	const fieldIndex = indexOf(ctx, field);
	if (typeof fieldIndex === 'number') list.replace(field.name, fieldIndex, value);
	return fieldIndex !== undefined;
}

function listVariable(kind: 'xavp' | 'xavi', doc: string): Variable {
	return literalVariable([kind], doc, (source): Accessor => {
		const name = parseXavpName(source);
		const warn = (ctx: RequestContext) => {
			if (!name.ignored) return;
			const why = name.field ? 'there are two levels; ' : '';
			ctx.report('warning', `$${kind}(${source}): ${why}"${name.ignored}" is ignored`);
		};
		return {
			get(ctx) {
				warn(ctx);
				return read(ctx, kind, name);
			},
			set(ctx, value) {
				warn(ctx);
				const top = rootList(ctx, kind);
				return value === null ? unset(ctx, top, name) : assign(ctx, top, name, value);
			},
		};
	});
}

/** `name` or `name=>field`; there are no indexes, as a name has one value. */
function parseXavuName(source: string): { name: string; field: string | undefined } {
	const [, name = '', field] = /^([^=]*)(?:=>(.+))?$/s.exec(source.trim()) ?? [];
	if (!name) throw new PvSyntaxError('write name or name=>field', 0);
	return { name, field };
}

const uniqueVariable = literalVariable(
	['xavu'],
	'As $xavp with one value for a name: $xavu(name) or $xavu(name=>field).',
	(source): Accessor => {
		const { name, field } = parseXavuName(source);
		return {
			get(ctx) {
				const value = rootList(ctx, 'xavu').at(name, 0);
				if (field === undefined) return shown(value);
				return value instanceof XavpList ? shown(value.at(field, 0)) : null;
			},
			set(ctx, value) {
				const top = rootList(ctx, 'xavu');
				const list = top.at(name, 0);
				if (value === null) {
					if (field === undefined) top.remove(name, 0);
					else if (list instanceof XavpList) list.remove(field, 0);
				} else if (field !== undefined) setChild(top, name, field, value);
				else if (!top.replace(name, 0, value)) top.add(name, value);
			},
		};
	},
);

/** The three kinds. */
export const xavpVariables: readonly Variable[] = [
	listVariable(
		'xavp',
		'A structured value, for one request: $xavp(name[i]=>field[j]). Setting adds a new item on top, with an index it sets the one there.',
	),
	listVariable('xavi', 'As $xavp, without regard to case.'),
	uniqueVariable,
];
