/**
 * KSR.kex: the log level while the script runs (modules/kex/kex_mod.c). Its variables and counters belong to the core here.
 *
 * @module
 */
import { defineModule, fn, int, type KemiModule } from '../kemi/module.ts';

/** What the module keeps: the threshold that resetdebug goes back to. */
interface KexState {
	/** Undefined while setdebug has changed nothing. */
	before: number | undefined;
}

/** The functions on KSR.kex. */
export const kex: KemiModule<KexState> = defineModule<KexState>({
	name: 'kex',
	doc: 'The log level, by the script.',
	init: () => ({ before: undefined }),
	functions: [
		fn(
			'setdebug',
			[int('level')],
			'int',
			'Sets the log threshold of this child until resetdebug, as a number: 3 shows all, 2 hides dbg, 0 hides info and notice. Always 1.',
			(ctx, level) => {
				const state = ctx.state(kex);
				state.before ??= ctx.host.log.threshold;
				ctx.host.log.threshold = level;
				return 1;
			},
			{ cfg: 'setdebug' },
		),
		fn(
			'resetdebug',
			[],
			'int',
			'Puts the log threshold back to what it was before setdebug. Always 1.',
			(ctx) => {
				const state = ctx.state(kex);
				if (state.before !== undefined) ctx.host.log.threshold = state.before;
				state.before = undefined;
				return 1;
			},
			{ cfg: 'resetdebug' },
		),
	],
});
