/**
 * Functions for flags: those of the request (`setflag`), of the script (`setsflag`) and of branches (`setbflag`).
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { branchFlags, type FlagStore, requestFlags, scriptFlagBits } from '../../kemi/flags.ts';
import { fn, int, type KemiFunction } from '../../kemi/module.ts';
import { flagsOfBranch } from '../../pv/branches.ts';

const inRange = (flag: number) => flag >= 0 && flag < 32;

function flagFunctions(
	suffix: string,
	what: string,
	store: (ctx: RequestContext) => FlagStore,
): KemiFunction[] {
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
			`True if a ${what} flag is set.`,
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
/** `setbflag`, `resetbflag`, `isbflagset`: the flags of the request as its own first branch. */
export const branchFlagFunctions = flagFunctions('bflag', 'branch', (ctx) => ctx.get(branchFlags));

type FlagOperation = (flags: FlagStore, mask: number) => boolean;

const set: FlagOperation = (flags, mask) => {
	flags.bits |= mask;
	return true;
};
const reset: FlagOperation = (flags, mask) => {
	flags.bits &= ~mask;
	return true;
};
const isSet: FlagOperation = (flags, mask) => (flags.bits & mask) !== 0;

/** Does something to a flag of a branch; false if there is no such flag, undefined if there is no such branch. */
function onBranch(ctx: RequestContext, flag: number, branch: number, operation: FlagOperation) {
	if (!inRange(flag)) return false;
	const flags = flagsOfBranch(ctx, branch);
	return flags && operation(flags, 1 << flag);
}

const OF_ANY_BRANCH = [
	[
		'set',
		'Sets a flag, 0 to 31, of a branch: 0 is the request itself, 1 the first that was added',
		set,
		true,
	],
	[
		'reset',
		'Clears a flag, 0 to 31, of a branch: 0 is the request itself, 1 the first that was added',
		reset,
		true,
	],
	[
		'is',
		'True if a flag of a branch is set: 0 is the request itself, 1 the first that was added',
		isSet,
		false,
	],
] as const;

/** `setbiflag`, `resetbiflag`, `isbiflagset`; Kamailio's do not say that there was no branch to change. */
export const anyBranchFlagFunctions: readonly KemiFunction[] = OF_ANY_BRANCH.map(
	([verb, doc, operation, without]) =>
		fn(
			verb === 'is' ? 'isbiflagset' : `${verb}biflag`,
			[int('flag'), int('branch')],
			'bool',
			`${doc}.`,
			(ctx, flag, branch) => onBranch(ctx, flag, branch, operation) ?? without,
		),
);

/** The same in Kamailio's own language, where they say it. */
export const anyBranchFlagCfgFunctions: readonly KemiFunction[] = OF_ANY_BRANCH.map(
	([verb, doc, operation]) =>
		fn(
			verb === 'is' ? 'isbflagset' : `${verb}bflag`,
			[int('flag'), int('branch')],
			'int',
			`${doc}. -1 if there is no such branch.`,
			(ctx, flag, branch) => (onBranch(ctx, flag, branch, operation) ? 1 : -1),
		),
);
