/**
 * Compiles assignments: `$var(x) = 1;`.
 *
 * @module
 */
import type { AssignmentStatement } from '../../src/config/kamailio/ast.ts';
import { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import type { PvValue } from '../../src/pv/variable.ts';
import type { Compiler } from './compiler.ts';
import { isPure } from './evaluator.ts';
import { NoValue } from './no-value.ts';
import { Pending } from './pending.ts';
import type { Action, Run } from './run.ts';

/** Compiles an assignment: 1, or -1 if the expression has no value or the variable does not take it. */
export function compileAssignment(compiler: Compiler, { at, target, value }: AssignmentStatement): Action {
	const variable = compiler.variables.variable(target.text);
	const evaluator = compiler.expression(value);
	if (variable instanceof PvSyntaxError) {
		const text = `${target.text}: ${variable.message}`;
		if (!compiler.sipOnly) compiler.problems.error(target.at, text, undefined, 'unknown-variable');
		return () => -1;
	}
	const { set } = variable;
	if (!set) {
		compiler.problems.error(target.at, `${target.text} is read-only`, undefined, 'argument-type');
		return () => -1;
	}
	const assign = (run: Run, it: PvValue) => (variable.set?.(run.ctx, it) === false ? -1 : 1);
	const withoutValue = (run: Run, error: NoValue) => {
		run.ctx.report('error', `${target.text} is not assigned: ${error.message}`);
		return -1;
	};
	if (evaluator.constant !== undefined) {
		const known = evaluator.constant;
		return (run) => {
			run.at = at;
			return assign(run, known);
		};
	}
	if (isPure(evaluator)) {
		const { value: compute } = evaluator;
		return (run) => {
			run.at = at;
			let it: PvValue;
			try {
				it = compute(run);
			} catch (error) {
				if (error instanceof NoValue) return withoutValue(run, error);
				throw error;
			}
			return assign(run, it);
		};
	}
	const { value: compute } = evaluator;
	return (run) => {
		run.at = at;
		try {
			const it = compute(run);
			if (it instanceof Pending)
				return it.next(
					(late) => assign(run, late),
					(error) => withoutValue(run, error),
				);
			return assign(run, it);
		} catch (error) {
			if (error instanceof NoValue) return withoutValue(run, error);
			throw error;
		}
	};
}
