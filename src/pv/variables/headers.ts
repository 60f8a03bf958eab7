/**
 * `$hdr` and its kin: header fields by name and place (modules/pv/pv_core.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { allHeaderValues, findKey, keyAskedFor, valuesOfKey } from '../headers.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { Accessor, Binding, PvValue, Text, Variable } from '../variable.ts';
import { dynamicName, refuseIndex, requireInner } from './names.ts';

/** A field name; a colon may follow, and then anything. */
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~\w]+[ \t]*(?::|$)/;

/** Fields whose values are lists of entries, of those that Kamailio splits for `$hfl`. */
const LISTS = new Set(['via', 'route', 'record-route', 'contact']);

/** A way to the fields that a variable names: the key of their name, `*` for all, undefined after an error line. */
type KeyOf = (ctx: RequestContext) => string | undefined;

function keyOf(inner: Text): KeyOf {
	const variable = dynamicName(inner);
	if (variable === undefined) {
		if (!FIELD_NAME.test(inner.source)) throw new PvSyntaxError(`"${inner.source}" is no header name`, 0);
		const key = keyAskedFor(inner.source);
		return () => key;
	}
	return (ctx) => {
		const value = variable.get(ctx);
		const key = value !== null && FIELD_NAME.test(String(value)) ? keyAskedFor(String(value)) : undefined;
		// a dynamic "*" is no name, other than one that stands there
		if (key !== undefined && key !== '*') return key;
		ctx.report('error', `${inner.source} holds no header name`);
		return undefined;
	};
}

/** The entries of a value, split at commas that stand neither in quotes nor in angle brackets. */
export function splitList(value: string): string[] {
	return (value.match(/(?:"(?:[^"\\]|\\.)*"?|<[^>]*>?|[^,"<])+/gs) ?? []).map((entry) => entry.trim());
}

function fields(ctx: RequestContext, key: string): string[] {
	return key === '*' ? allHeaderValues(ctx) : valuesOfKey(ctx, key);
}

/** Contact's entries are in the order in which Kamailio's parser puts them on its list: the last of a field comes first. */
function entries(ctx: RequestContext, key: string): string[] {
	const values = fields(ctx, key);
	if (!LISTS.has(key)) return values;
	return values.flatMap((value) => (key === 'contact' ? splitList(value).toReversed() : splitList(value)));
}

/** The entry at an index; negative ones are one off, as they are in Kamailio. */
function entryAt(list: readonly string[], index: number): PvValue {
	return list[index < 0 ? list.length + 1 + index : index] ?? null;
}

/** All values with commas between them. Kamailio puts one only behind what is there already, so empty values in front leave none. */
function joined(values: readonly string[]): string {
	const begin = values.findIndex((value) => value !== '');
	return begin < 0 ? '' : values.slice(begin).join(',');
}

/** Binds a variable that gives one value of several. `[*]` joins the fields as they came, with commas. */
function bindValues({ inner, index }: Binding, keys: KeyOf, values: typeof fields): Accessor {
	const first = (ctx: RequestContext, key: string): PvValue =>
		key === '*' || (values === entries && LISTS.has(key)) ? (values(ctx, key)[0] ?? null) : findKey(ctx, key);
	return {
		get(ctx) {
			const key = keys(ctx);
			if (key === undefined || inner === undefined) return null;
			const at = index?.(ctx) ?? 0;
			if (at === 0) return first(ctx, key);
			if (at === '+') return null;
			if (at !== '*') {
				const list = values(ctx, key);
				return values === entries && LISTS.has(key) ? entryAt(list, at) : (list.at(at) ?? null);
			}
			const all = fields(ctx, key);
			return all.length === 0 ? null : joined(all);
		},
	};
}

function valueVariable(name: string, doc: string, values: typeof fields): Variable {
	return {
		names: [name],
		doc,
		steady: true,
		bind: (binding) => bindValues(binding, keyOf(requireInner(binding)), values),
	};
}

function countVariable(name: string, doc: string, values: typeof fields): Variable {
	return {
		names: [name],
		doc,
		bind(binding) {
			refuseIndex(binding);
			const keys = keyOf(requireInner(binding));
			return {
				get(ctx) {
					const key = keys(ctx);
					return key === undefined || key === '*' ? 0 : values(ctx, key).length;
				},
			};
		},
	};
}

/** Header fields by name. */
export const headerVariables: readonly Variable[] = [
	valueVariable(
		'hdr',
		'A header field: the first, [n] the one at an index, [-1] the last, [*] all joined.',
		fields,
	),
	countVariable('hdrc', 'How many header fields of a name there are.', fields),
	valueVariable(
		'hfl',
		'As $hdr, with the entries of Via, Route, Record-Route and Contact counted singly.',
		entries,
	),
	countVariable('hflc', 'How many entries $hfl finds.', entries),
];
