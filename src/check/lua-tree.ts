/**
 * Reads Lua into the common syntax tree.
 *
 * @module
 */
import luaparse from 'luaparse';
import {
	type Comment,
	type Expression,
	type GlobalUse,
	ParseError,
	type Position,
	type ScriptTree,
	type Statement,
} from './tree.ts';

/** A node of luaparse; its types are unions that TypeScript cannot walk in general. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Node = any;

const positionOf = (node: Node): Position => ({
	line: node.loc.start.line,
	column: node.loc.start.column + 1,
});

/** A string's value: with the encoding mode `pseudo-latin1` luaparse gives it as a byte string. */
class LuaReader {
	readonly globals: GlobalUse[] = [];
	#depth = 0;

	statements(body: readonly Node[]): Statement[] {
		return body.flatMap((node) => this.#statement(node));
	}

	#statement(node: Node): Statement[] {
		const at = positionOf(node);
		switch (node.type) {
			case 'LocalStatement':
			case 'AssignmentStatement':
				return this.#assignment(node);
			case 'CallStatement':
				return [{ kind: 'expression', at, value: this.expression(node.expression) }];
			case 'FunctionDeclaration': {
				const value = this.#function(node);
				if (!node.identifier) return [{ kind: 'expression', at, value }];
				if (node.identifier.type === 'Identifier') this.#write(node.identifier);
				const target = this.#target(node.identifier);
				return [{ kind: 'set', at, target, value, declares: node.isLocal }];
			}
			case 'IfStatement':
				return [
					{
						kind: 'branch',
						at,
						tests: node.clauses.flatMap((clause: Node) =>
							clause.condition ? [this.expression(clause.condition)] : [],
						),
						ways: node.clauses.map((clause: Node) => this.statements(clause.body)),
						exhaustive: node.clauses.some((clause: Node) => clause.type === 'ElseClause'),
					},
				];
			case 'WhileStatement':
			case 'RepeatStatement':
				return [
					{ kind: 'loop', at, tests: [this.expression(node.condition)], body: this.statements(node.body) },
				];
			case 'ForNumericStatement':
			case 'ForGenericStatement': {
				const bounds = node.iterators ?? [node.start, node.end, node.step].filter(Boolean);
				const tests = bounds.map((bound: Node) => this.expression(bound));
				return [
					{ kind: 'expression', at, value: { kind: 'other', at, parts: tests } },
					{ kind: 'loop', at, tests: [], body: this.statements(node.body) },
				];
			}
			case 'DoStatement':
				return [{ kind: 'block', at, body: this.statements(node.body) }];
			case 'ReturnStatement':
				return [{ kind: 'end', at, values: node.arguments.map((value: Node) => this.expression(value)) }];
			case 'BreakStatement':
			case 'GotoStatement':
				return [{ kind: 'break', at }];
			default:
				return [];
		}
	}

	#assignment(node: Node): Statement[] {
		const declares = node.type === 'LocalStatement';
		const values: Expression[] = node.init.map((value: Node) => this.expression(value));
		const sets = node.variables.map((variable: Node, i: number): Statement => {
			if (variable.type === 'Identifier') this.#write(variable);
			const target = this.#target(variable);
			return { kind: 'set', at: positionOf(node), target, value: values[i], declares };
		});
		const rest = values.slice(node.variables.length);
		return [...sets, ...rest.map((value): Statement => ({ kind: 'expression', at: value.at, value }))];
	}

	#write(identifier: Node): void {
		if (identifier.isLocal) return;
		const { name } = identifier;
		this.globals.push({ name, at: positionOf(identifier), write: true, inFunction: this.#depth > 0 });
	}

	/** What is assigned to: a name alone is not read. */
	#target(node: Node): Expression {
		if (node.type === 'Identifier') return { kind: 'path', at: positionOf(node), path: node.name };
		return this.expression(node);
	}

	#function(node: Node): Expression {
		this.#depth++;
		const body = this.statements(node.body);
		this.#depth--;
		return { kind: 'function', at: positionOf(node), body };
	}

	expression(node: Node): Expression {
		const at = positionOf(node);
		switch (node.type) {
			case 'Identifier':
				if (!node.isLocal)
					this.globals.push({ name: node.name, at, write: false, inFunction: this.#depth > 0 });
				return { kind: 'path', at, path: node.name };
			case 'MemberExpression': {
				const base = this.expression(node.base);
				if (base.kind === 'path') return { kind: 'path', at, path: `${base.path}.${node.identifier.name}` };
				return { kind: 'other', at, parts: [base] };
			}
			case 'IndexExpression':
				return { kind: 'other', at, parts: [this.expression(node.base), this.expression(node.index)] };
			case 'CallExpression':
			case 'StringCallExpression':
			case 'TableCallExpression': {
				const given: Node[] =
					node.type === 'CallExpression' ? node.arguments : [node.argument ?? node.arguments];
				const args = given.map((arg) => this.expression(arg));
				const last = given.at(-1);
				// a call in the last place gives any number of values
				if (last && /Call|Vararg/.test(last.type)) {
					const spread = args.pop() as Expression;
					args.push({ kind: 'spread', at: spread.at, parts: [spread] });
				}
				return { kind: 'call', at, callee: this.expression(node.base), args };
			}
			case 'StringLiteral':
				return { kind: 'string', at, value: node.value };
			case 'NumericLiteral':
				return { kind: 'number', at, value: node.value };
			case 'BooleanLiteral':
				return { kind: 'literal', at, type: 'boolean' };
			case 'NilLiteral':
				return { kind: 'literal', at, type: 'nil' };
			case 'VarargLiteral':
				return { kind: 'spread', at, parts: [] };
			case 'FunctionDeclaration':
				return this.#function(node);
			case 'TableConstructorExpression': {
				const parts = node.fields.flatMap((field: Node) =>
					[field.type === 'TableKey' ? field.key : undefined, field.value]
						.filter(Boolean)
						.map((part: Node) => this.expression(part)),
				);
				return parts.length === 0 ? { kind: 'literal', at, type: 'table' } : { kind: 'other', at, parts };
			}
			case 'BinaryExpression': {
				const [left, right] = [this.expression(node.left), this.expression(node.right)];
				return { kind: 'binary', at, operator: node.operator, left, right };
			}
			case 'LogicalExpression':
				return { kind: 'logical', at, left: this.expression(node.left), right: this.expression(node.right) };
			case 'UnaryExpression': {
				const argument = this.expression(node.argument);
				if (node.operator === '-' && argument.kind === 'number')
					return { kind: 'number', at, value: -argument.value };
				if (node.operator === 'not') return { kind: 'logical', at, left: argument, right: argument };
				return { kind: 'other', at, parts: [argument] };
			}
			default:
				return { kind: 'other', at, parts: [] };
		}
	}
}

/** A first line for the shell. */
const SHEBANG = /^(\xef\xbb\xbf)?#[^\n]*/;

/**
 * @param code a byte string
 * @throws ParseError
 */
export function luaTree(code: string): ScriptTree {
	const text = code.replace(SHEBANG, (line) => ' '.repeat(line.length));
	let chunk: Node;
	try {
		const options = {
			luaVersion: '5.3',
			encodingMode: 'pseudo-latin1',
			locations: true,
			scope: true,
			comments: true,
		} as const;
		chunk = luaparse.parse(text, options);
	} catch (error) {
		const { message, line, column } = error as Error & { line?: number; column?: number };
		throw new ParseError(message.replace(/^\[\d+:\d+\] /, ''), {
			line: line ?? 1,
			column: (column ?? 0) + 1,
		});
	}
	const reader = new LuaReader();
	const body = reader.statements(chunk.body);
	const comments: Comment[] = chunk.comments.map((comment: Node) => ({
		line: comment.loc.start.line,
		text: comment.value,
	}));
	return { language: 'lua', body, globals: reader.globals, comments };
}
