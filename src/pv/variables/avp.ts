/**
 * `$avp`: stacks of values by name, for one request (core/usr_avp.c, modules/pv/pv_core.c).
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../../kemi/context.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { PvIndex, PvValue, Text, Variable } from '../variable.ts';
import { dynamicName, requireInner } from './names.ts';

/** A value of an AVP. */
export type AvpValue = string | number;

/**
 * The name of a stack: names that are numbers (`i:5`, or a variable that holds 5) and names that are texts (`s:5`,
 * and `5` as well) are different.
 */
export type AvpName = string | number;

/** The stacks of a request; the newest value is the last. */
class AvpStacks {
	readonly #stacks = new Map<AvpName, AvpValue[]>();

	/** The values of a name, newest first. */
	all(name: AvpName): AvpValue[] {
		return this.#stacks.get(name)?.toReversed() ?? [];
	}

	/** The names of all stacks. */
	names(): AvpName[] {
		return [...this.#stacks.keys()];
	}

	count(name: AvpName): number {
		return this.#stacks.get(name)?.length ?? 0;
	}

	/** The newest value; null without one. */
	top(name: AvpName): PvValue {
		return this.#stacks.get(name)?.at(-1) ?? null;
	}

	/**
	 * The value at an index, from the newest. A negative one finds nothing, unless it leads to the newest: so it is in
	 * Kamailio, whose search cannot go back, and scripts could see the difference.
	 */
	at(name: AvpName, index: number): PvValue {
		const stack = this.#stacks.get(name);
		if (!stack) return null;
		if (index < 0) return stack.length + index === 0 ? (stack.at(-1) ?? null) : null;
		return stack[stack.length - 1 - index] ?? null;
	}

	push(name: AvpName, value: AvpValue): void {
		const stack = this.#stacks.get(name);
		if (stack) stack.push(value);
		else this.#stacks.set(name, [value]);
	}

	/** Takes the newest value away. */
	pop(name: AvpName): void {
		const stack = this.#stacks.get(name);
		stack?.pop();
		if (stack?.length === 0) this.#stacks.delete(name);
	}

	/** Takes the newest value away that is equal to one. */
	remove(name: AvpName, value: AvpValue): void {
		const stack = this.#stacks.get(name);
		const index = stack?.lastIndexOf(value) ?? -1;
		if (index >= 0) stack?.splice(index, 1);
		if (stack?.length === 0) this.#stacks.delete(name);
	}

	clear(name: AvpName): void {
		this.#stacks.delete(name);
	}
}

/** The request's AVPs. */
export const avps = requestLocal(() => new AvpStacks());

/** Reads a name for a request; undefined after an error line if a variable holds none. */
export type AvpNameOf = (ctx: RequestContext) => AvpName | undefined;

/** The name that stands in `$avp(…)`. */
export function avpName(inner: Text): AvpNameOf {
	const variable = dynamicName(inner);
	if (variable === undefined) {
		const name = literalName(inner.source);
		return () => name;
	}
	return (ctx) => {
		const name = variable.get(ctx);
		if (name !== null && name !== '') return name;
		ctx.report('error', `$avp(${inner.source}): the variable holds no name`);
		return undefined;
	};
}

/** `x` and `s:x` are a text, `i:5` is a number. */
function literalName(source: string): AvpName {
	if (source[1] !== ':') return source;
	const [kind, name] = [source[0]?.toLowerCase(), source.slice(2)];
	if (kind === 's' && name) return name;
	if (kind === 'i' && /^\d+$/.test(name)) return Number(name);
	throw new PvSyntaxError(`"${source}" is no AVP name; a prefix is "s:" for a text or "i:" for a number`, 0);
}

function read(ctx: RequestContext, name: AvpName, index: PvIndex): PvValue {
	const stacks = ctx.get(avps);
	if (index === 0 || index === '+') return stacks.top(name);
	if (index !== '*') return stacks.at(name, index);
	if (stacks.count(name) === 0) return null;
	const all = stacks.all(name);
	// as in Kamailio no comma stands in front of the first text that is not empty
	const begin = all.findIndex((value) => value !== '');
	return begin < 0 ? '' : all.slice(begin).join(', ');
}

/** Whatever the index, a value goes on top; `[*]` clears the stack first. */
function write(ctx: RequestContext, name: AvpName, index: PvIndex, value: PvValue): void {
	const stacks = ctx.get(avps);
	if (index === '*') stacks.clear(name);
	else if (value === null) stacks.pop(name);
	if (value !== null) stacks.push(name, value);
}

/** `$avp` */
export const avpVariable: Variable = {
	names: ['avp'],
	doc: 'A stack of values, for one request: [0] is the newest, [*] all; setting pushes, unsetting takes the newest away.',
	bind(binding) {
		const nameOf = avpName(requireInner(binding));
		const { index } = binding;
		return {
			get(ctx) {
				const name = nameOf(ctx);
				return name === undefined ? null : read(ctx, name, index?.(ctx) ?? 0);
			},
			set(ctx, value) {
				const name = nameOf(ctx);
				if (name === undefined) return false;
				write(ctx, name, index?.(ctx) ?? 0, value);
				return true;
			},
		};
	},
};
