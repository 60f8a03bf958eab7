/**
 * `==`, `!=`, `eq`, `ne`, `=~` and `+`: the operators whose type is decided by the left operand.
 *
 * @module
 */
import { compilePosix, type PosixRegex } from '../../src/pv/posix-regex.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import {
	callingDynamic,
	callingInteger,
	dynamic,
	type Evaluator,
	integer,
	isPure,
	type PureEvaluator,
	text,
} from './evaluator.ts';
import { integerOperation } from './integers.ts';
import { NoValue } from './no-value.ts';
import { then } from './pending.ts';
import type { Run } from './run.ts';
import { toInt, toText } from './values.ts';

/**
 * `left + right`: a concatenation where the left operand is a text or nothing, otherwise a sum. Where an integer is
 * asked for, `any + x` is a sum (rval_expr_eval_int).
 */
export function plus(left: Evaluator, right: Evaluator): Evaluator {
	if (left.type === 'int') return integerOperation('+', left, right);
	if (isPure(left) && isPure(right))
		return left.type === 'str' ? concatenation(left, right) : either(left, right);
	if (left.type === 'str')
		return callingDynamic(
			(run) => then(left.text(run), (first) => then(right.text(run), (second) => first + second)),
			'str',
		);
	return callingDynamic(
		(run) =>
			then<PvValue, PvValue>(left.value(run), (first) =>
				typeof first === 'number'
					? then(right.int(run), (second) => (first + second) | 0)
					: then(right.text(run), (second) => toText(first) + second),
			),
		'any',
		integerOperation('+', left, right).int,
	);
}

function concatenation(left: PureEvaluator, right: PureEvaluator): PureEvaluator {
	const [first, second] = [left.text, right.text];
	return text((run) => first(run) + second(run));
}

function either(left: PureEvaluator, right: PureEvaluator): PureEvaluator {
	const { value, int } = left;
	const sum = dynamic((run) => {
		const first = value(run);
		if (typeof first === 'number') return (first + right.int(run)) | 0;
		return first === null ? right.text(run) : first + right.text(run);
	});
	return { ...sum, int: (run) => (int(run) + right.int(run)) | 0 };
}

/** `left == right`, or `!=`: as texts or integers, by what the left operand is, or the right one where that is nothing. */
export function equality(left: Evaluator, right: Evaluator, wanted: 0 | 1): Evaluator {
	if (left.type === 'int') return integerOperation(wanted ? 'ieq' : 'ine', left, right);
	if (left.type === 'str') return textEquality(left, right, wanted);
	const unwanted = wanted ? 0 : 1;
	if (!isPure(left) || !isPure(right))
		return callingInteger((run) =>
			then(left.value(run), (first) => {
				const asInteger = typeof first === 'number' || (first === null && right.type === 'int');
				return then<PvValue, number>(asInteger ? right.int(run) : right.value(run), (second) =>
					isEqual(run, first, second) ? wanted : unwanted,
				);
			}),
		);
	const { value } = left;
	const known = right.constant;
	if (typeof known === 'string')
		return integer((run) => {
			const first = value(run);
			const equal = typeof first === 'number' ? first === toInt(run, known) : (first ?? '') === known;
			return equal ? wanted : unwanted;
		});
	return integer((run) => (isEqual(run, value(run), right.value(run)) ? wanted : unwanted));
}

function isEqual(run: Run, left: PvValue, right: PvValue): boolean {
	if (typeof left === 'number') return left === toInt(run, right);
	if (left === null && typeof right === 'number') return right === 0;
	return toText(left) === toText(right);
}

/** `left eq right`, or `ne`: as texts. */
export function textEquality(left: Evaluator, right: Evaluator, wanted: 0 | 1): Evaluator {
	const unwanted = wanted ? 0 : 1;
	if (!isPure(left) || !isPure(right))
		return callingInteger((run) =>
			then(left.text(run), (first) =>
				then(right.text(run), (second) => (first === second ? wanted : unwanted)),
			),
		);
	const [first, second] = [left.text, right.text];
	return integer((run) => (first(run) === second(run) ? wanted : unwanted));
}

/** How many expressions are kept that a script made up while it ran. */
const REGEX_CACHE = 256;

/** Compiled expressions by their text, for `=~` with a variable on the right. */
const regexes = new Map<string, PosixRegex | string>();

function regexOf(source: string): PosixRegex | string {
	let regex = regexes.get(source);
	if (regex === undefined) {
		regex = compilePosix(source, { ignoreCase: true });
		if (regexes.size >= REGEX_CACHE) regexes.clear();
		regexes.set(source, regex);
	}
	return regex;
}

/** `left =~ right` with an expression that is known. Case does not matter, as in Kamailio. */
export function match(left: Evaluator, regex: PosixRegex): Evaluator {
	if (!isPure(left))
		return callingInteger((run) => then(left.text(run), (subject) => (regex.test(subject) ? 1 : 0)));
	const { text: subject } = left;
	return integer((run) => (regex.test(subject(run)) ? 1 : 0));
}

/** `left =~ right` with an expression that comes out of another. One that is wrong has no value. */
export function dynamicMatch(left: Evaluator, right: Evaluator): Evaluator {
	const test = (subject: string, source: string) => {
		const regex = regexOf(source);
		if (typeof regex === 'string') throw new NoValue(regex);
		return regex.test(subject) ? 1 : 0;
	};
	if (isPure(left) && isPure(right)) {
		const [subject, source] = [left.text, right.text];
		return integer((run) => test(subject(run), source(run)));
	}
	return callingInteger((run) =>
		then(left.text(run), (subject) => then(right.text(run), (source) => test(subject, source))),
	);
}
