/**
 * `$var`, `$vz`, `$vn` and `$shv`: variables that live longer than a request (modules/pv/pv_svar.c, pv_shv.c).
 * A `$shv` that was never set is 0, one that `KSR.pv.unset` took is an empty text, as in Kamailio.
 *
 * @module
 */
import type { RequestContext } from '../../kemi/context.ts';
import { tryStore } from '../../kemi/try-store.ts';
import type { PvValue, Variable } from '../variable.ts';
import { literalVariable } from './names.ts';
import { pvState } from './pv-state.ts';

/** Reads a `$shv`. Reading declares it, as mentioning it does in Kamailio. */
function getShared(ctx: RequestContext, name: string): PvValue {
	const { shared } = pvState(ctx);
	let value: PvValue | undefined;
	tryStore(ctx, `$shv(${name})`, () => {
		value = shared.get(name);
		if (value === undefined) shared.declare(name, 0);
	});
	return value ?? 0;
}

/** The variables whose values outlive a request. */
export const scriptVariables: readonly Variable[] = [
	literalVariable(
		['var', 'vz'],
		"One child's own variable; 0 until it is set and where it is unset.",
		(name) => ({
			get: (ctx) => pvState(ctx).vars.of(ctx).get(name) ?? 0,
			set: (ctx, value) =>
				void pvState(ctx)
					.vars.of(ctx)
					.set(name, value ?? 0),
		}),
	),
	literalVariable(['vn'], 'As $var, but null until it is set and where it is unset.', (name) => ({
		get: (ctx) => pvState(ctx).nullVars.of(ctx).get(name) ?? null,
		set(ctx, value) {
			const nullVars = pvState(ctx).nullVars.of(ctx);
			if (value === null) nullVars.delete(name);
			else nullVars.set(name, value);
		},
	})),
	literalVariable(
		['shv'],
		'A variable that all children share; 0 until it is set, an empty text once it is unset.',
		(name) => ({
			get: (ctx) => getShared(ctx, name),
			set: (ctx, value) => tryStore(ctx, `$shv(${name})`, () => pvState(ctx).shared.set(name, value ?? '')),
		}),
	),
	literalVariable(['shvinc'], 'Adds 1 to a $shv and gives the sum; 0 if it holds a text.', (name) => ({
		get(ctx) {
			let sum: number | undefined;
			tryStore(ctx, `$shvinc(${name})`, () => {
				sum = pvState(ctx).shared.increment(name, 1, { initial: 0 });
			});
			return sum ?? 0;
		},
	})),
];
