/**
 * Compiles statements (core/action.c: do_action).
 *
 * @module
 */
import type {
	IfStatement,
	LeaveStatement,
	Position,
	Statement,
	WhileStatement,
} from '../../src/config/kamailio/ast.ts';
import { compileAssignment } from './assignments.ts';
import { compileCall } from './calls.ts';
import type { Compiler } from './compiler.ts';
import type { Evaluator } from './evaluator.ts';
import { NoValue } from './no-value.ts';
import { type Later, Pending } from './pending.ts';
import { probedStatement } from './probed.ts';
import { type Action, LEAVE, type Run } from './run.ts';
import { compileSwitch } from './switches.ts';

/** The result of statements that have none of their own. */
const CONTINUE = 1;

/** What a return gives whose expression has no value (E_BUG). */
const NO_RESULT = -5;

/** Compiles statements that follow one another: the result of the last one that ran. */
export function compileBlock(compiler: Compiler, statements: readonly Statement[]): Action {
	const actions = statements.map((statement) => compileStatement(compiler, statement));
	if (actions.length === 0) return () => CONTINUE;
	if (actions.length === 1) return actions[0] as Action;
	const runFrom = (run: Run, from: number): Later<number> => {
		let result = CONTINUE;
		for (let i = from; i < actions.length; i++) {
			const got = (actions[i] as Action)(run);
			if (typeof got !== 'number')
				return got.next((late) => (run.leaving === 0 && i + 1 < actions.length ? runFrom(run, i + 1) : late));
			result = got;
			if (run.leaving !== 0) break;
		}
		return result;
	};
	return (run) => runFrom(run, 0);
}

function compileStatement(compiler: Compiler, node: Statement): Action {
	const action = actionOf(compiler, node);
	return compiler.probe ? probedStatement(compiler.probe, node.at, action) : action;
}

function actionOf(compiler: Compiler, node: Statement): Action {
	switch (node.kind) {
		case 'assignment':
			return compileAssignment(compiler, node);
		case 'call-statement':
			return node.call.kind === 'call' ? compileCall(compiler, node.call) : compiler.routeCall(node.call);
		case 'if':
			return compileIf(compiler, node);
		case 'while':
			return compileWhile(compiler, node);
		case 'switch':
			return compileSwitch(compiler, node);
		case 'leave':
			return compileLeave(compiler, node);
	}
}

/** Evaluates what a statement depends on. Without a value it counts as 0, after an error line. */
export function evaluate(evaluator: Evaluator, at: Position, what: string): Action {
	const { int } = evaluator;
	const withoutValue = (run: Run, error: NoValue) => {
		run.ctx.report('error', `${what} has no value: ${error.message}`);
		return 0;
	};
	return (run) => {
		run.at = at;
		try {
			const value = int(run);
			return value instanceof Pending ? value.next(same, (error) => withoutValue(run, error)) : value;
		} catch (error) {
			if (error instanceof NoValue) return withoutValue(run, error);
			throw error;
		}
	};
}

const same = (value: number) => value;

/** A condition as an if or a while takes it: above 0 is true. */
function compileCondition(compiler: Compiler, node: IfStatement | WhileStatement): Evaluator {
	const condition = compiler.expression(node.condition);
	if (condition.type !== 'str') return condition;
	const said = ['the condition is a string', 'compare it, or use (int)'] as const;
	// Kamailio refuses it for a while only; an if takes the integer that the string is
	if (node.kind === 'while') compiler.problems.error(node.condition.at, ...said);
	else compiler.problems.warning(node.condition.at, ...said);
	return condition;
}

function compileIf(compiler: Compiler, node: IfStatement): Action {
	const condition = compileCondition(compiler, node);
	const body = compiler.innerBlock(node.body);
	const otherwise = node.otherwise ? compiler.innerBlock(node.otherwise) : () => CONTINUE;
	const test = evaluate(condition, node.at, 'the condition');
	if (!condition.calls) return (run) => ((test(run) as number) > 0 ? body(run) : otherwise(run));
	const decide = (run: Run, value: number): Later<number> => {
		if (run.leaving !== 0) return value;
		return value > 0 ? body(run) : otherwise(run);
	};
	return (run) => {
		const value = test(run);
		return value instanceof Pending ? value.next((late) => decide(run, late)) : decide(run, value);
	};
}

function compileWhile(compiler: Compiler, node: WhileStatement): Action {
	const condition = compileCondition(compiler, node);
	const body = compiler.innerBlock(node.body);
	const test = evaluate(condition, node.at, 'the condition');
	/** Takes off the mark of a break, which ends the loop; false while the loop goes on. */
	const ends = (run: Run): boolean => {
		if (run.leaving === 0) return false;
		run.leaving &= ~LEAVE.block;
		return true;
	};
	const loop = (run: Run, from: number, before: number): Later<number> => {
		let result = before;
		for (let round = from; ; round++) {
			run.tick();
			const value = test(run);
			if (value instanceof Pending)
				return value.next((late) => {
					if (late <= 0 || run.leaving !== 0) return result;
					return afterBody(run, round, body(run));
				});
			if (value <= 0 || run.leaving !== 0) return result;
			if (round >= run.limits.loops) return runaway(run, node.at);
			const got = body(run);
			if (got instanceof Pending) return afterBody(run, round, got);
			result = got;
			if (ends(run)) return result;
		}
	};
	const afterBody = (run: Run, round: number, got: Later<number>): Later<number> =>
		got instanceof Pending
			? got.next((late) => afterBody(run, round, late))
			: ends(run)
				? got
				: loop(run, round + 1, got);
	return (run) => loop(run, 0, CONTINUE);
}

function runaway(run: Run, at: Position): number {
	run.at = at;
	run.ctx.report('error', `the while loop is stopped after ${run.limits.loops} rounds (max_while_loops)`);
	return -1;
}

function compileLeave(compiler: Compiler, { at, how, value }: LeaveStatement): Action {
	if (how === 'break')
		return (run) => {
			run.leaving |= LEAVE.block;
			return 0;
		};
	if (how !== 'return')
		return (run) => {
			run.leaving |= LEAVE.script;
			return 0;
		};
	const result = value ? compiler.expression(value) : undefined;
	if (value && result?.type === 'str')
		compiler.problems.error(value.at, 'return takes an integer, not a string');
	const { constant } = result ?? { constant: CONTINUE };
	if (typeof constant === 'number')
		return (run) => {
			run.at = at;
			return leaveRoute(run, constant);
		};
	const int = result?.int as Action;
	const withoutValue = (run: Run, error: NoValue) => {
		run.ctx.report('error', `what is returned has no value: ${error.message}`);
		return leaveRoute(run, NO_RESULT);
	};
	return (run) => {
		run.at = at;
		try {
			const got = int(run);
			return got instanceof Pending
				? got.next(
						(late) => leaveRoute(run, late),
						(error) => withoutValue(run, error),
					)
				: leaveRoute(run, got);
		} catch (error) {
			if (error instanceof NoValue) return withoutValue(run, error);
			throw error;
		}
	};
}

/** `return 0` ends the whole script. */
function leaveRoute(run: Run, result: number): number {
	run.leaving |= result === 0 ? LEAVE.route | LEAVE.script : LEAVE.route;
	return result;
}
