/**
 * Operators on integers of 32 bits, which wrap.
 *
 * @module
 */
import { callingInteger, type Evaluator, integer, isPure, type PureEvaluator } from './evaluator.ts';
import { NoValue } from './no-value.ts';
import { then } from './pending.ts';

/** The operators whose operands are integers, whatever they were written as. */
export type IntegerOperator =
	| '+'
	| '-'
	| '*'
	| '/'
	| 'mod'
	| '|'
	| '&'
	| '^'
	| '<<'
	| '>>'
	| '<'
	| '>'
	| '<='
	| '>='
	| 'ieq'
	| 'ine';

const DIVISION_BY_ZERO = new NoValue('division by 0');

/** @throws NoValue for a divisor of 0. The smallest integer by -1, which ends Kamailio, wraps as everything does. */
function divide(left: number, right: number): number {
	if (right === 0) throw DIVISION_BY_ZERO;
	return (left / right) | 0;
}

function remainder(left: number, right: number): number {
	if (right === 0) throw DIVISION_BY_ZERO;
	return (left % right) | 0;
}

const OPERATIONS: Readonly<Record<IntegerOperator, (left: number, right: number) => number>> = {
	'+': (left, right) => (left + right) | 0,
	'-': (left, right) => (left - right) | 0,
	'*': Math.imul,
	'/': divide,
	mod: remainder,
	'|': (left, right) => left | right,
	'&': (left, right) => left & right,
	'^': (left, right) => left ^ right,
	'<<': (left, right) => left << right,
	'>>': (left, right) => left >> right,
	'<': (left, right) => (left < right ? 1 : 0),
	'>': (left, right) => (left > right ? 1 : 0),
	'<=': (left, right) => (left <= right ? 1 : 0),
	'>=': (left, right) => (left >= right ? 1 : 0),
	ieq: (left, right) => (left === right ? 1 : 0),
	ine: (left, right) => (left === right ? 0 : 1),
};

/** What the operators leave as it is when one operand is this constant: Kamailio drops such an operation (rve_optimize). */
const NEUTRAL: Readonly<Partial<Record<IntegerOperator, { left?: number; right: number }>>> = {
	'+': { left: 0, right: 0 },
	'-': { right: 0 },
	'*': { left: 1, right: 1 },
	'/': { right: 1 },
	'|': { left: 0, right: 0 },
};

/** An operation on two operands that are taken as integers. */
export function integerOperation(operator: IntegerOperator, left: Evaluator, right: Evaluator): Evaluator {
	if (left.constant === 0 && (operator === '*' || operator === '/' || operator === 'mod')) return left;
	const neutral = NEUTRAL[operator];
	if (neutral && left.type === 'int' && right.type === 'int') {
		if (right.constant === neutral.right) return left;
		if (neutral.left !== undefined && left.constant === neutral.left) return right;
	}
	if (isPure(left) && isPure(right)) return pureOperation(operator, left, right);
	const apply = OPERATIONS[operator];
	return callingInteger((run) =>
		then(left.int(run), (first) => then(right.int(run), (second) => apply(first, second))),
	);
}

/** A closure for each of the operators that stand in hot paths, so that nothing is looked up when it runs. */
function pureOperation(operator: IntegerOperator, left: PureEvaluator, right: PureEvaluator): PureEvaluator {
	const [first, second] = [left.int, right.int];
	switch (operator) {
		case '+':
			return integer((run) => (first(run) + second(run)) | 0);
		case '-':
			return integer((run) => (first(run) - second(run)) | 0);
		case '<':
			return integer((run) => (first(run) < second(run) ? 1 : 0));
		case '>':
			return integer((run) => (first(run) > second(run) ? 1 : 0));
		case '<=':
			return integer((run) => (first(run) <= second(run) ? 1 : 0));
		case '>=':
			return integer((run) => (first(run) >= second(run) ? 1 : 0));
		case 'ieq':
			return integer((run) => (first(run) === second(run) ? 1 : 0));
		case 'ine':
			return integer((run) => (first(run) === second(run) ? 0 : 1));
		default: {
			const apply = OPERATIONS[operator];
			return integer((run) => apply(first(run), second(run)));
		}
	}
}
