/**
 * Compiles switch statements (core/switch.c): all labels are integers, or all are strings and regular expressions.
 *
 * @module
 */
import type { SwitchCase, SwitchStatement } from '../../src/config/kamailio/ast.ts';
import { compilePosix } from '../../src/pv/posix-regex.ts';
import type { Compiler } from './compiler.ts';
import type { Evaluator } from './evaluator.ts';
import { NoValue } from './no-value.ts';
import { type Later, Pending } from './pending.ts';
import { type Action, LEAVE, type Run } from './run.ts';

/** Finds the body to begin with, by a text. */
type Label = (subject: string) => boolean;

/** Compiles a switch. A body without `break` goes on with the next one. */
export function compileSwitch(compiler: Compiler, node: SwitchStatement): Action {
	const subject = compiler.expression(node.subject);
	const bodies = node.cases.map(({ body }) => (body.length > 0 ? compiler.innerBlock(body) : undefined));
	const fallback = node.cases.findIndex(({ match }) => match === 'default');
	const labels = node.cases.map((it) => labelOf(compiler, it));
	const isText = labels.some((label) => typeof label !== 'number' && label !== undefined);
	if (isText && labels.some((label) => typeof label === 'number'))
		compiler.problems.error(node.at, 'a switch cannot mix integers with strings or regular expressions');
	findTwins(compiler, node, labels);
	const find = isText ? textFinder(subject, labels, fallback) : integerFinder(subject, labels, fallback);

	const runFrom = (run: Run, from: number): Later<number> => {
		let result = 1;
		if (from < 0) return result;
		for (let i = from; i < bodies.length; i++) {
			const got = bodies[i]?.(run) ?? result;
			if (got instanceof Pending)
				return got.next((late) => {
					if (run.leaving === 0 && i + 1 < bodies.length) return runFrom(run, i + 1);
					run.leaving &= ~LEAVE.block;
					return late;
				});
			result = got;
			if (run.leaving !== 0) {
				run.leaving &= ~LEAVE.block;
				break;
			}
		}
		return result;
	};
	return (run) => {
		run.at = node.at;
		const index = find(run);
		if (index instanceof Pending) return index.next((late) => (run.leaving === 0 ? runFrom(run, late) : 1));
		return run.leaving === 0 ? runFrom(run, index) : 1;
	};
}

/** A label that can be compared: an integer, a string, a test; undefined for `default` and for what is wrong. */
function labelOf(compiler: Compiler, { match, label, at }: SwitchCase): number | string | Label | undefined {
	if (match === 'default' || !label) return undefined;
	const { constant } = compiler.expression(label);
	if (constant === undefined) {
		compiler.problems.error(label.at, 'a case takes a constant');
		return undefined;
	}
	if (match === 'value') return constant;
	const regex = compilePosix(String(constant));
	if (typeof regex !== 'string') return (text) => regex.test(text);
	compiler.problems.error(at, regex);
	return undefined;
}

function findTwins(compiler: Compiler, { cases }: SwitchStatement, labels: readonly unknown[]): void {
	for (const [index, label] of labels.entries())
		if ((typeof label === 'number' || typeof label === 'string') && labels.indexOf(label) < index)
			compiler.problems.error(
				(cases[index] as SwitchCase).at,
				`there is another case ${JSON.stringify(label)} above`,
			);
	const defaults = cases.filter(({ match }) => match === 'default');
	if (defaults[1]) compiler.problems.error(defaults[1].at, 'there is another default above');
}

function integerFinder({ int }: Evaluator, labels: readonly unknown[], fallback: number): Action {
	const places = new Map<number, number>();
	for (const [index, label] of labels.entries()) if (typeof label === 'number') places.set(label, index);
	return finder(int, (value) => places.get(value) ?? fallback, fallback);
}

function textFinder(
	{ text }: Evaluator,
	labels: readonly (number | string | Label | undefined)[],
	fallback: number,
): Action {
	const find = (subject: string) => {
		const index = labels.findIndex((label) =>
			typeof label === 'function' ? label(subject) : typeof label === 'string' && label === subject,
		);
		return index < 0 ? fallback : index;
	};
	return finder(text, find, fallback);
}

/** Finds the case of a subject; the default where it has no value. */
function finder<T>(read: (run: Run) => Later<T>, find: (subject: T) => number, fallback: number): Action {
	const withoutValue = (run: Run, error: NoValue) => {
		run.ctx.report('error', `the switch has no value: ${error.message}`);
		return fallback;
	};
	return (run) => {
		try {
			const subject = read(run);
			return subject instanceof Pending
				? subject.next(find, (error) => withoutValue(run, error))
				: find(subject);
		} catch (error) {
			if (error instanceof NoValue) return withoutValue(run, error);
			throw error;
		}
	};
}
