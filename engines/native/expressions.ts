/**
 * Compiles expressions, with the checks that Kamailio makes when it reads a file (core/rvalue.c: rve_check_type).
 *
 * @module
 */
import type {
	AssignmentStatement,
	BinaryExpression,
	BinaryOperator,
	CoreComparison,
	Expression,
	UnaryExpression,
} from '../../src/config/kamailio/ast.ts';
import { compilePosix } from '../../src/pv/posix-regex.ts';
import { PvSyntaxError } from '../../src/pv/syntax-error.ts';
import type { Accessor } from '../../src/pv/variable.ts';
import { compileAssignment } from './assignments.ts';
import { compileCall } from './calls.ts';
import { dynamicMatch, equality, match, plus, textEquality } from './comparisons.ts';
import type { Compiler } from './compiler.ts';
import {
	callingDynamic,
	callingInteger,
	constant,
	dynamic,
	type Evaluator,
	integer,
	isPure,
	type PureEvaluator,
	type StaticType,
	text,
} from './evaluator.ts';
import { integerOperation } from './integers.ts';
import { coreComparison } from './keywords.ts';
import { and, choice, not, or } from './logic.ts';
import { then } from './pending.ts';
import type { Action, Run } from './run.ts';
import { compileSelect } from './selects.ts';

const WORDS: Readonly<Record<StaticType, string>> = { int: 'an integer', str: 'a string', any: 'a variable' };

/** Compiles an expression. What is wrong with it is noted; then it counts as 0. */
export function compileExpression(compiler: Compiler, node: Expression): Evaluator {
	switch (node.kind) {
		case 'int':
		case 'string':
			return constant(node.value);
		case 'pv': {
			const variable = compiler.variables.variable(node.text);
			if (variable instanceof PvSyntaxError) {
				if (compiler.sipOnly) return dynamic(() => null);
				const text = `${node.text}: ${variable.message}`;
				compiler.problems.error(node.at, text, undefined, 'unknown-variable');
				return constant(0);
			}
			return ofVariable(variable);
		}
		case 'select':
			return compileSelect(compiler, node);
		case 'call':
			return ofAction(compileCall(compiler, node));
		case 'route-call':
			return ofAction(compiler.routeCall(node));
		case 'block':
			return ofAction(compiler.block(node.body));
		case 'assignment-expression':
			return ofAction(compileAssignment(compiler, node.assignment as AssignmentStatement));
		case 'core-comparison':
			return compileCoreComparison(compiler, node);
		case 'unary':
			return folded(compileUnary(compiler, node));
		case 'binary':
			return folded(compileBinary(compiler, node));
		case 'conditional':
			return choice(
				compiler.expression(node.condition),
				compiler.expression(node.whenTrue),
				compiler.expression(node.whenFalse),
			);
	}
}

/** A variable, which may be another integer, or another text, than its value. */
function ofVariable(variable: Accessor): PureEvaluator {
	const evaluator = dynamic((run) => variable.get(run.ctx));
	return {
		...evaluator,
		...(variable.integer && { int: (run: Run) => (variable.integer?.(run.ctx) ?? 0) | 0 }),
		...(variable.text && { text: (run: Run) => variable.text?.(run.ctx) ?? '' }),
	};
}

/** What a function or a route gives: 1 or 0 in an operation, its own result where it stands alone. */
function ofAction(action: Action): Evaluator {
	const truth = (run: Run) => then(action(run), (result) => (result > 0 ? 1 : 0));
	return { ...callingInteger(truth, action), text: (run) => then(truth(run), String) };
}

function compileCoreComparison(compiler: Compiler, node: CoreComparison): Evaluator {
	const { right } = node;
	const other = ['network', 'protocol', 'word', 'myself'].includes(right.kind);
	return coreComparison(
		node,
		other ? undefined : compiler.expression(right as Expression),
		compiler.problems,
	);
}

/** An operation on constants, done once. One without a value is done each time, for its error. */
function folded(evaluator: Folding): Evaluator {
	const { result, operands } = evaluator;
	if (!isPure(result) || operands.some(({ constant: value }) => value === undefined)) return result;
	try {
		const value = result.value(FOLDING);
		return value === null ? result : constant(value);
	} catch {
		return result;
	}
}

/** An operation with what it works on. */
interface Folding {
	readonly result: Evaluator;
	readonly operands: readonly Evaluator[];
}

/** The run that constants are evaluated in: nothing of it is asked for but where a warning would go. */
const FOLDING = { ctx: { report: () => undefined } } as unknown as Run;

/** Notes where an operand can never be what its operator takes. */
function expect(compiler: Compiler, node: Expression, { type }: Evaluator, wanted: 'int' | 'str'): void {
	if (type !== 'any' && type !== wanted)
		compiler.problems.error(
			node.at,
			`${WORDS[wanted]} is expected, not ${WORDS[type]}`,
			wanted === 'int' ? '(int) makes an integer of a string' : undefined,
		);
}

function compileUnary(compiler: Compiler, node: UnaryExpression): Folding {
	const operand = compiler.expression(node.operand);
	return { result: unary(compiler, node, operand), operands: [operand] };
}

function unary(
	compiler: Compiler,
	{ operator, operand: inner }: UnaryExpression,
	operand: Evaluator,
): Evaluator {
	switch (operator) {
		case 'not':
			expect(compiler, inner, operand, 'int');
			return not(operand);
		case '-':
			expect(compiler, inner, operand, 'int');
			return mapInteger(operand, (value) => -value | 0);
		case '~':
			expect(compiler, inner, operand, 'int');
			return mapInteger(operand, (value) => ~value);
		case '(int)':
			return mapInteger(operand, (value) => value);
		case '(str)':
			return isPure(operand) ? text(operand.text) : callingDynamic(operand.text, 'str');
		case 'strlen':
			expect(compiler, inner, operand, 'str');
			return measure(operand, (value) => value.length);
		case 'strempty':
			expect(compiler, inner, operand, 'str');
			return isEmpty(operand);
		case 'defined':
			expect(compiler, inner, operand, 'str');
			return isDefined(operand, 1);
	}
}

function mapInteger(operand: Evaluator, apply: (value: number) => number): Evaluator {
	if (!isPure(operand)) return callingInteger((run) => then(operand.int(run), apply));
	const { int } = operand;
	return integer((run) => apply(int(run)));
}

function measure(operand: Evaluator, apply: (value: string) => number): Evaluator {
	if (!isPure(operand)) return callingInteger((run) => then(operand.text(run), apply));
	const { text: read } = operand;
	return integer((run) => apply(read(run)));
}

function isEmpty(operand: Evaluator): Evaluator {
	return measure(operand, (value) => (value === '' ? 1 : 0));
}

function isDefined(operand: Evaluator, wanted: 0 | 1): Evaluator {
	const unwanted = wanted ? 0 : 1;
	if (!isPure(operand))
		return callingInteger((run) => then(operand.value(run), (value) => (value === null ? unwanted : wanted)));
	const { value: read } = operand;
	return integer((run) => (read(run) === null ? unwanted : wanted));
}

/** The operators that want integers, by how the tree writes them. */
const INTEGER_OPERATORS = [
	'-',
	'*',
	'/',
	'mod',
	'|',
	'&',
	'^',
	'<<',
	'>>',
	'<',
	'>',
	'<=',
	'>=',
	'ieq',
	'ine',
] as const;

/** The operators that ask whether operands are equal, and what they give where they are. */
const EQUALITIES: Partial<Record<BinaryOperator, 0 | 1>> = { '==': 1, '!=': 0, eq: 1, ne: 0, ieq: 1, ine: 0 };

function compileBinary(compiler: Compiler, node: BinaryExpression): Folding {
	const left = compiler.expression(node.left);
	const right = compiler.expression(node.right);
	return { result: binary(compiler, node, left, right), operands: [left, right] };
}

function binary(compiler: Compiler, node: BinaryExpression, left: Evaluator, right: Evaluator): Evaluator {
	const { operator } = node;
	const equal = EQUALITIES[operator];
	if (equal !== undefined && isNull(node.right)) return isWithout(compiler, node.left, left, equal);
	const both = (wanted: 'int' | 'str') => {
		expect(compiler, node.left, left, wanted);
		expect(compiler, node.right, right, wanted);
	};
	const arithmetic = INTEGER_OPERATORS.find((it) => it === operator);
	if (arithmetic) {
		both('int');
		return integerOperation(arithmetic, left, right);
	}
	switch (operator) {
		case 'and':
			both('int');
			return and(left, right);
		case 'or':
			both('int');
			return or(left, right);
		case '+':
			if (left.type === 'int') expect(compiler, node.right, right, 'int');
			return plus(left, right);
		case 'eq':
		case 'ne':
			expect(compiler, node.left, left, 'str');
			return textEquality(left, right, operator === 'eq' ? 1 : 0);
		case '=~':
			return compileMatch(compiler, node, left, right);
		default:
			return compileEquality(compiler, node, left, right);
	}
}

/** `x == $null` asks whether x has no value (rve_fix: RVE_NOTDEFINED). */
function isWithout(compiler: Compiler, node: Expression, operand: Evaluator, wanted: 0 | 1): Evaluator {
	expect(compiler, node, operand, 'str');
	return isDefined(operand, wanted ? 0 : 1);
}

function compileEquality(
	compiler: Compiler,
	node: BinaryExpression,
	left: Evaluator,
	right: Evaluator,
): Evaluator {
	const wanted = node.operator === '==' ? 1 : 0;
	if (left.type === 'int') expect(compiler, node.right, right, 'int');
	// it makes `strempty x` of `x == ""` too, so that the integer 0 is not equal to it
	if (wanted && right.constant === '') return isEmpty(left);
	return equality(left, right, wanted);
}

function isNull(node: Expression): boolean {
	return node.kind === 'pv' && /^\$(null|\(null\))$/.test(node.text);
}

function compileMatch(
	compiler: Compiler,
	node: BinaryExpression,
	left: Evaluator,
	right: Evaluator,
): Evaluator {
	expect(compiler, node.left, left, 'str');
	if (right.constant !== undefined) expect(compiler, node.right, right, 'str');
	if (typeof right.constant !== 'string') return dynamicMatch(left, right);
	const regex = compilePosix(right.constant, { ignoreCase: true });
	if (typeof regex !== 'string') return match(left, regex);
	compiler.problems.error(node.right.at, regex);
	return constant(0) satisfies PureEvaluator;
}
