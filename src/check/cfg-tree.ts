/**
 * Reads a kamailio.cfg into the common syntax tree. Only the routes that run here are in it; what a configuration
 * does with SIP is left out.
 *
 * A route becomes a function named `route[NAME]`, and `route(NAME)` a call of it. A variable becomes what it is in
 * the other languages, `KSR.pv.get("$…")`; `$var(x)` becomes a local variable.
 *
 * @module
 */
import type * as cfg from '../config/kamailio/ast.ts';
import { reachableRoutes } from '../config/kamailio/reachable.ts';
import type { ReadConfig } from '../config/kamailio/read.ts';
import type { Expression, ScriptTree, Statement } from './tree.ts';

/** A route by the name it has in the tree. */
const routeName = ({ kind, name }: cfg.Route) =>
	kind === 'event' ? `event_route[${name}]` : `route[${name}]`;

/** An integer as it was written: more than 32 bits are seen here before they wrap. */
function writtenNumber({ text, value }: cfg.IntLiteral): number {
	const decimal = /^-?\d+$/.test(text) && !/^-?0\d/.test(text);
	return decimal || /^0x/i.test(text) ? Number(text) : value;
}

function variable(at: cfg.Position, text: string): Expression {
	if (/^\$var\([\w-]+\)$/.test(text)) return { kind: 'path', at, path: text };
	const callee: Expression = { kind: 'path', at, path: 'KSR.pv.get' };
	return { kind: 'call', at, callee, args: [{ kind: 'string', at, value: text }] };
}

/** A test of one thing, which is how the rules know that the script asks for it. */
const tested = (at: cfg.Position, operand: Expression): Expression => ({
	kind: 'logical',
	at,
	left: operand,
	right: operand,
});

function call({ at, name, args }: cfg.Call): Expression {
	return { kind: 'call', at, callee: { kind: 'path', at, path: name }, args: args.map(argument) };
}

const argument = (arg: cfg.Expression | cfg.Word): Expression =>
	arg.kind === 'word' ? { kind: 'string', at: arg.at, value: arg.text } : expression(arg);

function routeCall({ at, route }: cfg.RouteCall): Expression {
	if (route.kind !== 'string') return { kind: 'other', at, parts: [expression(route)] };
	return { kind: 'call', at, callee: { kind: 'path', at, path: `route[${route.value}]` }, args: [] };
}

/** How operators are written in the tree where that differs. */
const OPERATORS: Readonly<Record<string, string>> = { '!=': '~=', eq: '==', ne: '~=', ieq: '==', ine: '~=' };

function expression(node: cfg.Expression): Expression {
	const { at } = node;
	switch (node.kind) {
		case 'int':
			return { kind: 'number', at, value: writtenNumber(node) };
		case 'string':
			return { kind: 'string', at, value: node.value };
		case 'pv':
			return variable(at, node.text);
		case 'call':
			return call(node);
		case 'route-call':
			return routeCall(node);
		case 'unary': {
			const operand = expression(node.operand);
			return ['not', 'defined', 'strempty'].includes(node.operator)
				? tested(at, operand)
				: { kind: 'other', at, parts: [operand] };
		}
		case 'binary': {
			const { operator } = node;
			const [left, right] = [expression(node.left), expression(node.right)];
			if (operator === 'and' || operator === 'or') return { kind: 'logical', at, left, right };
			return { kind: 'binary', at, operator: OPERATORS[operator] ?? operator, left, right };
		}
		case 'conditional': {
			const test = expression(node.condition);
			const [whenTrue, whenFalse] = [expression(node.whenTrue), expression(node.whenFalse)];
			return { kind: 'conditional', at, test, whenTrue, whenFalse };
		}
		case 'assignment-expression': {
			const { target, value } = node.assignment;
			return { kind: 'other', at, parts: [variable(target.at, target.text), expression(value)] };
		}
		case 'block':
			return { kind: 'function', at, body: statements(node.body) };
		case 'core-comparison':
		case 'select':
			return { kind: 'other', at, parts: [] };
	}
}

const statements = (body: readonly cfg.Statement[]): Statement[] => body.map(statement);

function statement(node: cfg.Statement): Statement {
	const { at } = node;
	switch (node.kind) {
		case 'assignment':
			return {
				...{ kind: 'set', at, target: variable(node.target.at, node.target.text) },
				...{ value: expression(node.value), declares: false },
			};
		case 'call-statement':
			return { kind: 'expression', at, value: expression(node.call) };
		case 'if': {
			const ways = [statements(node.body), statements(node.otherwise ?? [])];
			return { kind: 'branch', at, tests: [expression(node.condition)], ways, exhaustive: true };
		}
		case 'while':
			return { kind: 'loop', at, tests: [expression(node.condition)], body: statements(node.body) };
		case 'switch': {
			const subject = expression(node.subject);
			const labels = node.cases.flatMap(({ label, match }): Expression[] => {
				if (!label || match !== 'value') return [];
				return [{ kind: 'binary', at: label.at, operator: '==', left: subject, right: expression(label) }];
			});
			return {
				...{ kind: 'branch', at, tests: labels.length > 0 ? labels : [subject], falls: true },
				ways: node.cases.map(({ body }) => statements(body)),
				exhaustive: node.cases.some(({ match }) => match === 'default'),
			};
		}
		case 'leave': {
			const { how, value } = node;
			if (how === 'break') return { kind: 'break', at };
			const script = how !== 'return' || (value?.kind === 'int' && value.value === 0);
			return {
				kind: 'end',
				at,
				values: value ? [expression(value)] : [],
				leaves: script ? 'script' : 'function',
			};
		}
	}
}

/** The tree of a configuration. */
export function cfgTree({ config, comments }: ReadConfig): ScriptTree {
	const reached = reachableRoutes(config.routes);
	const body = config.routes
		.filter((route) => reached.has(route))
		.map((route): Statement => {
			const { at } = route;
			const target: Expression = { kind: 'path', at, path: routeName(route) };
			return {
				kind: 'set',
				at,
				target,
				value: { kind: 'function', at, body: statements(route.body) },
				declares: true,
			};
		});
	return {
		...{ language: 'native', body, globals: [], config },
		comments: comments.map(({ at, text }) => ({ line: at.line, file: at.file, text })),
	};
}
