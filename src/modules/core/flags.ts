/**
 * Functions for flags: those of the request (`setflag`) and those of the script (`setsflag`).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { type FlagStore, requestFlags, scriptFlagBits } from '../../kemi/flags.ts';
import { fn, int, type KemiFunction } from '../../kemi/module.ts';

function flagFunctions(
	suffix: string,
	what: string,
	store: (ctx: RequestContext) => FlagStore,
): KemiFunction[] {
	const inRange = (flag: number) => flag >= 0 && flag < 32;
	return [
		fn(
			`set${suffix}`,
			[int('flag')],
			'bool',
			`Sets a ${what} flag, 0 to 31.`,
			(ctx, flag) => {
				if (inRange(flag)) store(ctx).bits |= 1 << flag;
				return inRange(flag);
			},
			{ cfg: `set${suffix}` },
		),
		fn(
			`reset${suffix}`,
			[int('flag')],
			'bool',
			`Clears a ${what} flag, 0 to 31.`,
			(ctx, flag) => {
				if (inRange(flag)) store(ctx).bits &= ~(1 << flag);
				return inRange(flag);
			},
			{ cfg: `reset${suffix}` },
		),
		fn(
			`is${suffix}set`,
			[int('flag')],
			'bool',
			`True where a ${what} flag is set.`,
			(ctx, flag) => {
				return inRange(flag) && (store(ctx).bits & (1 << flag)) !== 0;
			},
			{ cfg: `is${suffix}set` },
		),
	];
}

/** `setflag`, `resetflag`, `isflagset`. */
export const messageFlags = flagFunctions('flag', 'request', (ctx) => ctx.get(requestFlags));
/** `setsflag`, `resetsflag`, `issflagset`. */
export const scriptFlags = flagFunctions('sflag', 'script', (ctx) => ctx.get(scriptFlagBits));
