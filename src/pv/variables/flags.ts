/**
 * Flags as numbers: `$mf` of the request, `$sf` of the script, `$bf` of a branch (modules/pv/pv_core.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { branchFlags, type FlagStore, requestFlags, scriptFlagBits } from '../../kemi/flags.ts';
import { PvSyntaxError } from '../syntax-error.ts';
import type { PvValue, Variable } from '../variable.ts';
import { literalVariable } from './names.ts';

type FlagsOf = (ctx: RequestContext) => FlagStore;

/** Sets flags to a number; null clears them, a text is refused. */
function assign(ctx: RequestContext, name: string, value: PvValue, store: (bits: number) => void): boolean {
	if (typeof value === 'string') {
		ctx.report('error', `$${name}: flags are set to integers only`);
		return false;
	}
	store(value === null ? 0 : value | 0);
	return true;
}

function flagVariables(number: string, hex: string, single: string, what: string, of: FlagsOf): Variable[] {
	const set = (ctx: RequestContext, value: PvValue) =>
		assign(ctx, number, value, (bits) => {
			of(ctx).bits = bits;
		});
	return [
		{
			names: [number],
			doc: `The flags of ${what} as a number.`,
			get: (ctx) => of(ctx).bits,
			text: (ctx) => String(of(ctx).bits >>> 0),
			set,
		},
		{
			names: [hex],
			doc: `The flags of ${what} as eight hexadecimal digits.`,
			get: (ctx) => (of(ctx).bits >>> 0).toString(16).padStart(8, '0'),
			integer: (ctx) => of(ctx).bits,
			set,
		},
		literalVariable([single], `One flag of ${what}, 0 or 1; unset clears all of them.`, (text) => {
			if (!/^\d+$/.test(text) || Number(text) > 31)
				throw new PvSyntaxError(`"${text}" is no flag from 0 to 31`, 0);
			const mask = 1 << Number(text);
			return {
				get: (ctx) => (of(ctx).bits & mask ? 1 : 0),
				set: (ctx, value) =>
					assign(ctx, single, value, (bits) => {
						const flags = of(ctx);
						if (value === null) flags.bits = 0;
						else flags.bits = bits ? flags.bits | mask : flags.bits & ~mask;
					}),
			};
		}),
	];
}

/** The three sets of flags. */
export const allFlagVariables: readonly Variable[] = [
	...flagVariables('mf', 'mF', 'Mf', 'the request', (ctx) => ctx.get(requestFlags)),
	...flagVariables('sf', 'sF', 'Sf', 'the script', (ctx) => ctx.get(scriptFlagBits)),
	...flagVariables('bf', 'bF', 'Bf', 'the branch', (ctx) => ctx.get(branchFlags)),
];
