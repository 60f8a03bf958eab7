/**
 * `$_s`, which evaluates a text, and `$cnt`, which counts (modules/pv/pv_core.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { parseVariable } from '../parse.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import { constantText, dynamicText } from '../text.ts';
import type { Accessor, PvValue, Text, Variable } from '../variable.ts';
import { avpName, avps } from './avp.ts';
import { refuseIndex, requireInner } from './names.ts';
import { indexOf } from './xavp.ts';
import { rootList, XavpList } from './xavp-lists.ts';
import { parseXavpName, type XavpIndex } from './xavp-name.ts';

const evaluate: Variable = {
	names: ['_s'],
	doc: 'The text in parentheses with its variables; those without a value read <null>.',
	bind(binding) {
		refuseIndex(binding);
		const text = requireInner(binding);
		return { get: (ctx) => text.get(ctx) };
	},
};

/** How many items of a name there are at an index: 1 or 0, for `*` all. */
function countAt(list: XavpList, name: string, index: XavpIndex): number {
	if (index === '*') return list.count(name);
	return list.at(name, index) === undefined ? 0 : 1;
}

/** Counts items; other than in `$xavp`, a missing index means all. */
function countXavp(source: string): Accessor {
	const { root, field } = parseXavpName(source);
	return {
		get(ctx): PvValue {
			const index = root.index ? indexOf(ctx, root) : '*';
			const fieldIndex = field?.index ? indexOf(ctx, field) : '*';
			if (index === undefined || fieldIndex === undefined) return null;
			const top = rootList(ctx, 'xavp');
			if (!field) return countAt(top, root.name, index);
			const values =
				index === '*' ? top.all(root.name).map((item) => item.value) : [top.at(root.name, index)];
			return values.reduce<number>(
				(sum, value) => sum + (value instanceof XavpList ? countAt(value, field.name, fieldIndex) : 0),
				0,
			);
		},
	};
}

/** The text of a name inside a variable that was given as source. */
function nameText(source: string): Text {
	if (!source.startsWith('$')) return constantText(source);
	return dynamicText(source, [
		{
			get(ctx: RequestContext): PvValue {
				const variable = ctx.host.variables.variable(source);
				return variable instanceof PvSyntaxError ? null : variable.get(ctx);
			},
		},
	]);
}

function countAvp(source: string): Accessor {
	const nameOf = avpName(nameText(source));
	return {
		get(ctx) {
			const name = nameOf(ctx);
			return name === undefined ? null : ctx.get(avps).count(name);
		},
	};
}

const count: Variable = {
	names: ['cnt'],
	doc: 'How many values an $avp or $xavp has: $cnt($avp(x)).',
	bind(binding) {
		refuseIndex(binding);
		const { source } = requireInner(binding);
		if (!source.startsWith('$')) throw new PvSyntaxError('write $cnt($avp(name)) or $cnt($xavp(name))', 0);
		const { name, inner } = parseVariable(source, 0);
		if (name.text === 'avp' && inner?.text) return countAvp(inner.text);
		if (name.text === 'xavp' && inner?.text) return countXavp(inner.text);
		throw new PvSyntaxError('only $avp and $xavp can be counted', 0);
	},
};

/** Both. */
export const evaluatingVariables: readonly Variable[] = [evaluate, count];
