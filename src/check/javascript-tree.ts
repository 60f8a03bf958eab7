/**
 * Reads JavaScript into the common syntax tree. TypeScript arrives with its types already stripped, which leaves
 * every position unchanged.
 *
 * @module
 */
import { parse } from 'acorn';
import { boundNames, isFunction, type Node, Scopes } from './javascript-scopes.ts';
import {
	type Comment,
	type Expression,
	type GlobalUse,
	ParseError,
	type Position,
	type ScriptTree,
	type Statement,
} from './tree.ts';

const positionOf = (node: Node): Position => ({
	line: node.loc.start.line,
	column: node.loc.start.column + 1,
});

/** Names that nothing declares: each function has `arguments`, and to the parser `undefined` is a name. */
const ALWAYS_THERE = new Set(['arguments', 'undefined']);

class JavaScriptReader {
	readonly globals: GlobalUse[] = [];
	readonly #scopes: Scopes;
	#depth = 0;

	constructor(program: Node) {
		this.#scopes = new Scopes(program);
	}

	statements(body: readonly Node[]): Statement[] {
		return body.flatMap((node) => this.statement(node));
	}

	statement(node: Node): Statement[] {
		if (!node) return [];
		const at = positionOf(node);
		switch (node.type) {
			case 'ExpressionStatement':
				return this.#effect(node.expression);
			case 'VariableDeclaration':
				return node.declarations.flatMap((declarator: Node): Statement | Statement[] => {
					const names = this.#namesOfKsr(declarator);
					if (names) return names;
					const target: Expression = { kind: 'path', at, path: boundNames(declarator.id).join(' ') };
					const value = declarator.init ? this.expression(declarator.init) : undefined;
					// what a pattern takes apart is no longer what was called
					return declarator.id.type === 'Identifier' || !value
						? { kind: 'set', at, target, value, declares: true }
						: { kind: 'expression', at, value };
				});
			case 'FunctionDeclaration': {
				const target: Expression = { kind: 'path', at, path: node.id?.name ?? 'default' };
				return [{ kind: 'set', at, target, value: this.#function(node), declares: true }];
			}
			case 'IfStatement':
				return [
					{
						kind: 'branch',
						at,
						tests: [this.expression(node.test)],
						ways: [this.statement(node.consequent), this.statement(node.alternate)],
						exhaustive: true,
					},
				];
			case 'ForStatement': {
				const test = node.test ? [this.expression(node.test)] : [];
				const init = node.init
					? /Declaration/.test(node.init.type)
						? this.statement(node.init)
						: this.#effect(node.init)
					: [];
				const update = node.update ? this.#effect(node.update) : [];
				return [...init, { kind: 'loop', at, tests: test, body: [...this.statement(node.body), ...update] }];
			}
			case 'ForInStatement':
			case 'ForOfStatement':
				return [
					...this.#effect(node.right),
					{ kind: 'loop', at, tests: [], body: this.statement(node.body) },
				];
			case 'WhileStatement':
			case 'DoWhileStatement':
				return [{ kind: 'loop', at, tests: [this.expression(node.test)], body: this.statement(node.body) }];
			case 'SwitchStatement':
				return [
					{
						kind: 'branch',
						at,
						tests: [this.expression(node.discriminant)],
						ways: node.cases.map((one: Node) => this.statements(one.consequent)),
						exhaustive: node.cases.some((one: Node) => one.test === null),
						falls: true,
					},
				];
			case 'TryStatement':
				return [
					{
						kind: 'try',
						at,
						body: this.statements(node.block.body),
						handler: this.statements(node.handler?.body.body ?? []),
						catches: node.handler !== null,
						final: this.statements(node.finalizer?.body ?? []),
					},
				];
			case 'BlockStatement':
			case 'StaticBlock':
				return [{ kind: 'block', at, body: this.statements(node.body) }];
			case 'LabeledStatement':
				return this.statement(node.body);
			case 'ReturnStatement':
			case 'ThrowStatement':
				return [{ kind: 'end', at, values: node.argument ? [this.expression(node.argument)] : [] }];
			case 'BreakStatement':
			case 'ContinueStatement':
				return [{ kind: 'break', at }];
			case 'ExportNamedDeclaration':
				return this.statement(node.declaration);
			case 'ExportDefaultDeclaration':
				return /Declaration$/.test(node.declaration.type)
					? this.statement(node.declaration)
					: this.#effect(node.declaration);
			case 'ClassDeclaration':
				return this.#effect(node);
			default:
				return [];
		}
	}

	/** `const { pv, hdr: headers } = KSR`: a name for each part; undefined for other declarations. */
	#namesOfKsr({ id, init }: Node): Statement[] | undefined {
		if (id.type !== 'ObjectPattern' || !init) return undefined;
		const value = this.expression(init);
		if (value.kind !== 'path' || !/^KSR\b/.test(value.path)) return undefined;
		const plain = id.properties.every(
			(p: Node) => p.type === 'Property' && !p.computed && p.value.type === 'Identifier',
		);
		if (!plain) return undefined;
		return id.properties.map((p: Node): Statement => {
			const at = positionOf(p);
			const target: Expression = { kind: 'path', at, path: p.value.name };
			const part: Expression = { kind: 'path', at, path: `${value.path}.${p.key.name}` };
			return { kind: 'set', at, target, value: part, declares: true };
		});
	}

	#effect(node: Node): Statement[] {
		const at = positionOf(node);
		if (node.type !== 'AssignmentExpression' || node.operator !== '=')
			return [{ kind: 'expression', at, value: this.expression(node) }];
		const target = this.#target(node.left);
		return [{ kind: 'set', at, target, value: this.expression(node.right), declares: false }];
	}

	#target(node: Node): Expression {
		if (node.type !== 'Identifier') return this.expression(node);
		return this.#name(node, true);
	}

	#name(node: Node, write: boolean): Expression {
		const { name } = node;
		const at = positionOf(node);
		if (!this.#scopes.of(node) && !ALWAYS_THERE.has(name))
			this.globals.push({ name, at, write, inFunction: this.#depth > 0 });
		return { kind: 'path', at, path: name };
	}

	#function(node: Node): Expression {
		this.#depth++;
		const at = positionOf(node);
		const body: Statement[] =
			node.body.type === 'BlockStatement'
				? this.statements(node.body.body)
				: [{ kind: 'end', at: positionOf(node.body), values: [this.expression(node.body)] }];
		this.#depth--;
		return { kind: 'function', at, body };
	}

	expression(node: Node): Expression {
		const at = positionOf(node);
		if (isFunction(node)) return this.#function(node);
		switch (node.type) {
			case 'Identifier':
				return this.#name(node, false);
			case 'ChainExpression':
			case 'ParenthesizedExpression':
				return this.expression(node.expression);
			case 'MemberExpression': {
				const base = this.expression(node.object);
				if (base.kind === 'path' && !node.computed)
					return { kind: 'path', at, path: `${base.path}.${node.property.name}` };
				return { kind: 'other', at, parts: node.computed ? [base, this.expression(node.property)] : [base] };
			}
			case 'NewExpression':
			case 'CallExpression': {
				const args = node.arguments.map((arg: Node) => this.expression(arg));
				const callee = this.expression(node.callee);
				return node.type === 'NewExpression'
					? { kind: 'other', at, parts: [callee, ...args] }
					: { kind: 'call', at, callee, args };
			}
			case 'SpreadElement':
				return { kind: 'spread', at, parts: [this.expression(node.argument)] };
			case 'Literal':
				if (typeof node.value === 'string') return { kind: 'string', at, value: node.value };
				if (typeof node.value === 'number') return { kind: 'number', at, value: node.value };
				return { kind: 'literal', at, type: node.value === null ? 'nil' : typeof node.value };
			case 'TemplateLiteral': {
				const text: Expression = { kind: 'string', at, value: node.quasis[0].value.cooked ?? '' };
				return node.expressions.reduce(
					(left: Expression, part: Node): Expression => ({
						...{ kind: 'binary', at, operator: '..', left, right: this.expression(part) },
					}),
					text,
				);
			}
			case 'BinaryExpression': {
				const [left, right] = [this.expression(node.left), this.expression(node.right)];
				return { kind: 'binary', at, operator: operatorOf(node.operator, left, right), left, right };
			}
			case 'LogicalExpression':
				return { kind: 'logical', at, left: this.expression(node.left), right: this.expression(node.right) };
			case 'ConditionalExpression':
				return {
					...{ kind: 'conditional', at, test: this.expression(node.test) },
					...{ whenTrue: this.expression(node.consequent), whenFalse: this.expression(node.alternate) },
				};
			case 'UnaryExpression': {
				const argument = this.expression(node.argument);
				if (node.operator === '-' && argument.kind === 'number')
					return { kind: 'number', at, value: -argument.value };
				if (node.operator === '!') return { kind: 'logical', at, left: argument, right: argument };
				// `typeof x` is how one asks for a global that may not be there
				if (node.operator === 'typeof' && argument.kind === 'path') this.#forget(argument.path);
				return { kind: 'other', at, parts: [argument] };
			}
			case 'AwaitExpression':
				return { kind: 'other', at, parts: [this.expression(node.argument)] };
			case 'AssignmentExpression':
				return { kind: 'other', at, parts: [this.#target(node.left), this.expression(node.right)] };
			case 'ObjectExpression':
				if (node.properties.length === 0) return { kind: 'literal', at, type: 'object' };
				return {
					kind: 'other',
					at,
					parts: node.properties.map((p: Node) =>
						this.expression(p.type === 'Property' ? p.value : p.argument),
					),
				};
			case 'ArrayExpression':
				return {
					kind: 'other',
					at,
					parts: node.elements.filter(Boolean).map((e: Node) => this.expression(e)),
				};
			case 'ClassDeclaration':
			case 'ClassExpression':
				return {
					kind: 'other',
					at,
					parts: node.body.body.flatMap((member: Node) =>
						member.value ? [this.expression(member.value)] : [],
					),
				};
			default:
				return { kind: 'other', at, parts: this.#childrenOf(node) };
		}
	}

	/** The expressions directly inside of a node that says nothing by itself: `a, b`, `x++`, a tagged template. */
	#childrenOf(node: Node): Expression[] {
		return ['expressions', 'argument', 'tag', 'quasi', 'source', 'expression']
			.flatMap((key) => node[key] ?? [])
			.filter((child: Node) => typeof child?.type === 'string' && child.type !== 'TemplateElement')
			.map((child: Node) => this.expression(child));
	}

	#forget(path: string): void {
		const last = this.globals.at(-1);
		if (last?.name === path) this.globals.pop();
	}
}

const isText = (expression: Expression): boolean =>
	expression.kind === 'string' || (expression.kind === 'binary' && expression.operator === '..');

/** `+` joins where one side is plainly a text. */
function operatorOf(operator: string, left: Expression, right: Expression): string {
	if (operator === '+' && (isText(left) || isText(right))) return '..';
	if (operator === '===') return '==';
	return operator === '!==' || operator === '!=' ? '~=' : operator;
}

/**
 * @param code text
 * @throws ParseError
 */
export function javaScriptTree(code: string, isModule: boolean): ScriptTree {
	const comments: Comment[] = [];
	let program: Node;
	try {
		program = parse(code, {
			ecmaVersion: 'latest',
			sourceType: isModule ? 'module' : 'script',
			locations: true,
			allowHashBang: true,
			onComment: (_block, text, _start, _end, at) => comments.push({ line: at?.line ?? 1, text }),
		});
	} catch (error) {
		const { message, loc } = error as Error & { loc?: Position };
		const at = { line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 };
		throw new ParseError(message.replace(/ \(\d+:\d+\)$/, ''), at);
	}
	const reader = new JavaScriptReader(program);
	const body = reader.statements(program.body);
	return { language: 'javascript', body, globals: reader.globals, comments, program };
}
