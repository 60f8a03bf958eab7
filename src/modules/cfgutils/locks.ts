/**
 * The lock functions of cfgutils (modules/cfgutils/cfgutils.c).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { fn, type KemiFunction, type KemiModule, str } from '../../kemi/module.ts';
import { fromStore } from '../../kemi/try-store.ts';
import type { SharedLocks } from '../shared-locks.ts';

type Action = (ctx: RequestContext, locks: SharedLocks, name: string) => true | string | false;

/** Waiting for oneself has no end in Kamailio. */
const lock: Action = (ctx, locks, name) =>
	locks.holds(ctx, name) ? `this handler holds ${name} already` : locks.take(ctx, name);

const trylock: Action = (ctx, locks, name) => locks.tryTake(ctx, name);

const unlock: Action = (ctx, locks, name) => {
	if (!locks.giveBack(ctx, name))
		ctx.report('warning', `KSR.cfgutils.unlock: ${name} is not locked by this handler`);
	return true;
};

/** Keys of two parts; a NUL keeps them apart. */
const joined = (first: string, second: string) => `${first}\0${second}`;

/**
 * The functions.
 * @param module asked for the request's locks; a function, for the module is made of its functions
 */
export function lockFunctions(
	module: () => KemiModule<{ readonly locks: SharedLocks | undefined }>,
): readonly KemiFunction[] {
	const run = (ctx: RequestContext, caller: string, action: Action, name: string): 1 | -1 => {
		const { locks } = ctx.state(module());
		if (!locks) return ctx.refuse(`KSR.cfgutils.${caller}: modparam lock_set_size is not set`) as -1;
		const result = fromStore(ctx, `KSR.cfgutils.${caller}`, () => action(ctx, locks, name));
		if (typeof result === 'string') return ctx.refuse(`KSR.cfgutils.${caller}: ${result}`);
		return result ? 1 : -1;
	};
	const pair = (name: string, action: Action, doc: string): KemiFunction[] => [
		fn(name, [str('name')], 'int', doc, (ctx, key) => run(ctx, name, action, key), { cfg: name }),
		fn(
			`${name}_key2`,
			[str('first'), str('second')],
			'int',
			`${name} for a name of two parts.`,
			(ctx, first, second) => run(ctx, `${name}_key2`, action, joined(first, second)),
		),
	];
	return [
		...pair(
			'lock',
			lock,
			'Takes a lock, so that no other handler does: 1, or -1 if another keeps it for half a second. It ends with unlock, with the request, with its child, or after 30 seconds.',
		),
		...pair('trylock', trylock, 'Takes a lock if it is free: 1, or -1 if it is not.'),
		...pair('unlock', unlock, 'Gives a lock back.'),
	];
}
