/**
 * Variables of the form `$phn(container=>member)`: a function fills a container of its caller's choice, for this request, and the
 * variable reads what is in it.
 *
 * @module
 */
import { type RequestContext, requestLocal } from '../kemi/context.ts';
import { PvSyntaxError } from '../pv/syntax-error.ts';
import type { PvValue, Variable } from '../pv/variable.ts';

const KEY = /^\s*([^\s=]+)\s*=>(\w+)\s*$/;

/** The containers of one variable. */
export class Containers<T> {
	/** The variable that reads them. */
	readonly variable: Variable;
	readonly #local = requestLocal(() => new Map<string, T>());

	/**
	 * @param name the variable's, without `$`
	 * @param members what a member reads from what a container holds
	 */
	constructor(
		name: string,
		doc: string,
		members: Readonly<Record<string, (content: T) => PvValue | undefined>>,
	) {
		const names = Object.keys(members);
		this.variable = {
			names: [name],
			doc: `${doc} Members: ${names.join(', ')}.`,
			bind: ({ inner }) => {
				const [, container = '', member = ''] = KEY.exec(inner?.source ?? '') ?? [];
				const read = Object.hasOwn(members, member) ? members[member] : undefined;
				if (!read)
					throw new PvSyntaxError(`$${name} takes name=>member, of which there are ${names.join(', ')}`, 0);
				return {
					get: (ctx) => {
						const content = ctx.get(this.#local).get(container);
						return content === undefined ? null : (read(content) ?? null);
					},
				};
			},
		};
	}

	/** Fills a container, or empties it. */
	put(ctx: RequestContext, container: string, content: T | undefined): void {
		if (content === undefined) ctx.get(this.#local).delete(container);
		else ctx.get(this.#local).set(container, content);
	}
}
