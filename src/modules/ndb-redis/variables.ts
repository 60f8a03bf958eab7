/**
 * `$redis(reply=>value[0]=>size)` and `$redisd(rpl_int)` (ndb_redis_mod.c: pv_parse_redisc_name, pv_get_redisc).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { PvSyntaxError } from '../../pv/syntax-error.ts';
import type { PvValue, Variable } from '../../pv/variable.ts';
import { refuseIndex, requireInner, wordVariable } from '../../pv/variables/names.ts';
import { REPLY, type Reply } from '../../redis/reply.ts';

/** Where a reply's part is: the way through arrays, and what is asked of where it ends. */
interface Step {
	readonly key: 'type' | 'value' | 'info' | 'size';
	/** -1 for the reply itself. */
	readonly index: (ctx: RequestContext) => number;
}

const SELF = () => -1;
const STEP = /^\s*(value|type|info|size)\s*(?:\[\s*([^\s\]]+)\s*\])?\s*$/;

function valueIn(reply: Reply): PvValue {
	if (reply.type === REPLY.string) return reply.text ?? null;
	return reply.type === REPLY.integer ? Number(BigInt.asIntN(32, reply.integer ?? 0n)) : null;
}

function read(reply: Reply, { key, index }: Step, ctx: RequestContext): PvValue {
	const at = index(ctx);
	switch (key) {
		case 'info':
			return reply.text ?? null;
		case 'size':
			return reply.elements?.length ?? null;
		default: {
			const part = at === -1 ? reply : reply.elements?.[at];
			if (!part) return null;
			return key === 'type' ? part.type : valueIn(part);
		}
	}
}

/**
 * The variable of replies.
 * @param replyOf the reply of a name, for a request
 */
export function replyVariable(replyOf: (ctx: RequestContext, name: string) => Reply | undefined): Variable {
	return {
		names: ['redis'],
		doc: '$redis(reply=>key): a part of what redis_cmd got. type, value, info (the text of a status or an error), size; of an array type[i] and value[i]; of an array in it value[i]=>value[j].',
		bind(binding) {
			refuseIndex(binding);
			const { source } = requireInner(binding);
			const [name = '', ...rest] = source.split('=>');
			if (name.trim() === '' || rest.length === 0)
				throw new PvSyntaxError('$redis takes a reply and what is asked of it: $redis(r=>value)', 0);
			const steps = rest.map((text): Step => {
				const [, key, index] = STEP.exec(text) ?? [];
				if (key === undefined || (index !== undefined && (key === 'info' || key === 'size')))
					throw new PvSyntaxError(
						`$redis knows no "${text.trim()}"; it knows type, value, info, size, type[i], value[i]`,
						0,
					);
				return { key: key as Step['key'], index: indexOf(index) };
			});
			const last = steps.pop() as Step;
			if (steps.some(({ key, index }) => key !== 'value' || index === SELF))
				throw new PvSyntaxError('in front of => stands a value[i]', 0);
			return {
				get(ctx) {
					let reply = replyOf(ctx, name.trim());
					for (const step of steps) reply = reply?.elements?.[step.index(ctx)];
					return reply ? read(reply, last, ctx) : null;
				},
			};
		},
	};

	function indexOf(text: string | undefined): Step['index'] {
		if (text === undefined) return SELF;
		if (/^-?\d{1,9}$/.test(text)) {
			const constant = Number(text);
			return () => constant;
		}
		if (!text.startsWith('$')) throw new PvSyntaxError(`"${text}" is no index`, 0);
		return (ctx) => {
			const variable = ctx.host.variables.variable(text);
			if (variable instanceof PvSyntaxError) return Number.NaN;
			const value = variable.get(ctx);
			return value === null ? Number.NaN : Number(value);
		};
	}
}

/** The numbers of the kinds of replies. */
export const kindVariable = wordVariable(['redisd'], '$redisd(rpl_int): the number of a kind of reply.', {
	rpl_str: () => REPLY.string,
	rpl_arr: () => REPLY.array,
	rpl_int: () => REPLY.integer,
	rpl_nil: () => REPLY.nil,
	rpl_sts: () => REPLY.status,
	rpl_err: () => REPLY.error,
});
