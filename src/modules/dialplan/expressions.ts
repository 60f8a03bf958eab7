/**
 * The expressions of a rule: Perl-compatible ones that are compiled when the rule is read, and ones with variables
 * (`match_dynamic`), which are made anew for each text that is matched.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { parseVariable } from '../../pv/parse.ts';
import type { VariableRegistry } from '../../pv/registry.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { Text } from '../../pv/variable.ts';
import { avpName, avps } from '../../pv/variables/avp.ts';
import { RowError } from '../cached-tables.ts';
import { PcreCache } from '../regex/cache.ts';
import { compilePcre, type Pcre, type PcreOptions } from '../regex/pcre.ts';

const OPTIONS: PcreOptions = { ignoreCase: false, multiline: false, dotAll: false, extended: false };

/** What one of a rule's columns stands for. */
export interface Expressions {
	/** The expression, where it is always the same. */
	readonly fixed: Pcre | undefined;
	/** What is tried, in this order. */
	all(ctx: RequestContext | undefined): readonly Pcre[];
}

/**
 * One that holds no variables.
 * @throws RowError
 */
export function fixedExpression(source: string): Expressions {
	const fixed = compilePcre(source, OPTIONS);
	if (typeof fixed === 'string') throw new RowError(fixed);
	const all = [fixed];
	return { fixed, all: () => all };
}

/** `$(avp(name)[+])`: one expression for each value. */
const ALL_VALUES = /\$\(avp\(((?:[^()]|\([^()]*\))*)\)\[\+\]\)/g;

/** Reads expressions that hold variables. */
export class DynamicExpressions {
	readonly #variables: VariableRegistry;
	readonly #cache = new PcreCache(OPTIONS);

	constructor(variables: VariableRegistry) {
		this.#variables = variables;
	}

	/**
	 * One with variables; undefined if there are none in it.
	 * @throws RowError for one that is no format
	 */
	read(source: string): Expressions | undefined {
		const all = [...source.matchAll(ALL_VALUES)];
		const [each] = all;
		if (!each && !this.#hasVariables(source)) return undefined;
		// a dollar at the end is what it is in expressions
		const format = source.endsWith('$') && !source.endsWith('$$') ? `${source}$` : source;
		const sources = each && all.length === 1 ? this.#forEach(format, each) : this.#once(format);
		return {
			fixed: undefined,
			all: (ctx) => (ctx ? sources(ctx).flatMap((text) => this.#compile(ctx, text)) : []),
		};
	}

	#compile(ctx: RequestContext, source: string): Pcre[] {
		if (source === '') return [];
		const compiled = this.#cache.get(source);
		if (typeof compiled !== 'string') return [compiled];
		ctx.report('error', `dialplan: ${compiled}`);
		return [];
	}

	#once(format: string): (ctx: RequestContext) => string[] {
		const text = this.#text(format);
		return (ctx) => [text.get(ctx)];
	}

	/** The oldest value first. What values hold is part of the expression, but no format. */
	#forEach(format: string, found: RegExpExecArray): (ctx: RequestContext) => string[] {
		const [written, inner = ''] = found;
		const before = this.#text(format.slice(0, found.index));
		const behind = this.#text(format.slice(found.index + written.length));
		const nameOf = avpName(this.#text(inner));
		return (ctx) => {
			const name = nameOf(ctx);
			if (name === undefined) return [];
			const [head, tail] = [before.get(ctx), behind.get(ctx)];
			return ctx
				.get(avps)
				.all(name)
				.toReversed()
				.map((value) => head + value + tail);
		};
	}

	#text(format: string): Text {
		const text = this.#variables.text(format);
		if (text instanceof PvSyntaxError) throw new RowError(`${format}: ${text.message}`);
		return text;
	}

	#hasVariables(source: string): boolean {
		for (let at = source.indexOf('$'); at >= 0 && at + 1 < source.length; at = source.indexOf('$', at + 1)) {
			try {
				const name = source.slice(at, parseVariable(source, at).end);
				if (!(this.#variables.variable(name) instanceof PvSyntaxError)) return true;
			} catch (error) {
				if (!(error instanceof PvSyntaxError)) throw error;
			}
		}
		return false;
	}
}
