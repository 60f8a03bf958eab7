/**
 * `and`, `or`, `not`: here any integer other than 0 is true, whatever its sign. The condition of an `if` follows
 * another rule (`statements.ts`).
 *
 * @module
 */
import type { PvValue } from '../../src/pv/variable.ts';
import { callingDynamic, callingInteger, constant, type Evaluator, integer, isPure } from './evaluator.ts';
import { type Later, Pending, then } from './pending.ts';
import type { Run } from './run.ts';

/** `left and right`. A 1 that decides nothing is dropped, and with it that the result is 0 or 1 (rve_optimize). */
export function and(left: Evaluator, right: Evaluator): Evaluator {
	if (left.constant !== undefined && right.constant !== undefined)
		return constant(left.constant && right.constant ? 1 : 0);
	if (left.constant === 0) return constant(0);
	if (left.constant === 1) return asInteger(right);
	if (right.constant === 1) return asInteger(left);
	if (right.constant === 0 && !left.calls) return constant(0);
	if (isPure(left) && isPure(right)) {
		const [first, second] = [left.int, right.int];
		return integer((run) => (first(run) !== 0 && second(run) !== 0 ? 1 : 0));
	}
	return callingInteger((run) => {
		const first = left.int(run);
		if (first instanceof Pending) return first.next((it) => (it !== 0 ? truth(right.int(run)) : 0));
		return first !== 0 ? truth(right.int(run)) : 0;
	});
}

/** `left or right`. */
export function or(left: Evaluator, right: Evaluator): Evaluator {
	if (left.constant !== undefined && right.constant !== undefined)
		return constant(left.constant || right.constant ? 1 : 0);
	if (left.constant === 0) return asInteger(right);
	if (left.constant) return constant(1);
	if (right.constant === 0) return asInteger(left);
	if (right.constant && !left.calls) return constant(1);
	if (isPure(left) && isPure(right)) {
		const [first, second] = [left.int, right.int];
		return integer((run) => (first(run) !== 0 || second(run) !== 0 ? 1 : 0));
	}
	return callingInteger((run) => {
		const first = left.int(run);
		if (first instanceof Pending) return first.next((it) => (it !== 0 ? 1 : truth(right.int(run))));
		return first !== 0 ? 1 : truth(right.int(run));
	});
}

/** What is left of an operation whose other operand is dropped: a function's own result, or a variable as an integer. */
function asInteger(operand: Evaluator): Evaluator {
	return isPure(operand) && operand.type !== 'int' ? integer(operand.int) : operand;
}

function truth(value: Later<number>): Later<number> {
	return value instanceof Pending ? value.next(isTrue) : isTrue(value);
}

const isTrue = (value: number) => (value !== 0 ? 1 : 0);

/** `not operand` */
export function not(operand: Evaluator): Evaluator {
	if (!isPure(operand)) return callingInteger((run) => then(operand.int(run), (it) => (it === 0 ? 1 : 0)));
	const { int } = operand;
	return integer((run) => (int(run) === 0 ? 1 : 0));
}

/**
 * `selval(condition, whenTrue, whenFalse)`: of any type, and a text where it is nothing. Kamailio 5.6.3 fails where an
 * integer is wanted of it; that is no more than a gap (docs/rationale.md).
 */
export function choice(condition: Evaluator, whenTrue: Evaluator, whenFalse: Evaluator): Evaluator {
	const read = ({ type, int, value }: Evaluator, run: Run): Later<PvValue> =>
		type === 'int' ? int(run) : then(value(run), (it) => it ?? '');
	return callingDynamic((run) => then(condition.int(run), (it) => read(it > 0 ? whenTrue : whenFalse, run)));
}
