/**
 * The result of compiling an expression: closures that evaluate it as an integer, as a string, or as whatever it
 * is.
 *
 * In Kamailio an expression's type is known in advance unless it depends on a variable (core/rvalue.c:
 * rve_guess_type); an evaluator knows which is the case.
 *
 * @module
 */
import type { PvValue } from '../../src/pv/variable.ts';
import { type Later, then } from './pending.ts';
import type { Run } from './run.ts';
import { toInt, toText } from './values.ts';

/** What an expression is known to be before it is evaluated; `any` where a variable decides. */
export type StaticType = 'int' | 'str' | 'any';

/**
 * A compiled expression. Its closures give something pending only where `calls` is true, and throw NoValue where it has no
 * value.
 */
export interface Evaluator {
	readonly type: StaticType;
	/** The value where it is the same for all requests. */
	readonly constant: number | string | undefined;
	/** True if it calls functions or routes: evaluating it may wait, and may leave the route. */
	readonly calls: boolean;
	readonly int: (run: Run) => Later<number>;
	readonly text: (run: Run) => Later<string>;
	/** As it comes: what is assigned, and what decides how `any` is compared. */
	readonly value: (run: Run) => Later<PvValue>;
}

/** An evaluator without calls: nothing in it waits. */
export interface PureEvaluator extends Evaluator {
	readonly calls: false;
	readonly int: (run: Run) => number;
	readonly text: (run: Run) => string;
	readonly value: (run: Run) => PvValue;
}

/** True for an evaluator without calls. */
export function isPure(evaluator: Evaluator): evaluator is PureEvaluator {
	return !evaluator.calls;
}

/** A value that never changes. */
export function constant(value: number | string): PureEvaluator {
	const integer = typeof value === 'number' ? value : undefined;
	const text = String(value);
	return {
		type: typeof value === 'number' ? 'int' : 'str',
		constant: value,
		calls: false,
		int: integer === undefined ? (run) => toInt(run, value) : () => integer,
		text: () => text,
		value: () => value,
	};
}

/** An integer that is computed. */
export function integer(int: (run: Run) => number): PureEvaluator {
	return {
		type: 'int',
		constant: undefined,
		calls: false,
		int,
		text: (run) => String(int(run)),
		value: int,
	};
}

/** An integer that is computed with calls. `value` may differ from it: a function's own result. */
export function callingInteger(
	int: (run: Run) => Later<number>,
	value: (run: Run) => Later<number> = int,
): Evaluator {
	return {
		type: 'int',
		constant: undefined,
		calls: true,
		int,
		text: (run) => then(value(run), String),
		value,
	};
}

/** A text that is computed. */
export function text(compute: (run: Run) => string): PureEvaluator {
	return {
		type: 'str',
		constant: undefined,
		calls: false,
		int: (run) => toInt(run, compute(run)),
		text: compute,
		value: compute,
	};
}

/** Something of a type that is known when it is evaluated. */
export function dynamic(value: (run: Run) => PvValue, type: StaticType = 'any'): PureEvaluator {
	return {
		type,
		constant: undefined,
		calls: false,
		int: (run) => toInt(run, value(run)),
		text: (run) => toText(value(run)),
		value,
	};
}

/** The same with calls. */
export function callingDynamic(
	value: (run: Run) => Later<PvValue>,
	type: StaticType = 'any',
	int: (run: Run) => Later<number> = (run) => then(value(run), (it) => toInt(run, it)),
): Evaluator {
	return {
		type,
		constant: undefined,
		calls: true,
		int,
		text: (run) => then(value(run), toText),
		value,
	};
}
