/**
 * The scopes of JavaScript: which variable a name means, what it is set to, and where it is read.
 *
 * @module
 */
import { fullAncestor } from 'acorn-walk';

/** A node of acorn; its types are unions that TypeScript cannot walk in general. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Node = any;

/** A place where a name is read. */
export interface Reference {
	readonly node: Node;
	/** What is around it, innermost last; the node itself is not in it. */
	readonly around: readonly Node[];
}

/** A variable, parameter, function or class. */
export interface Binding {
	/** What it is set to where that happens once and in one piece; undefined for all others, as parameters. */
	readonly value: Node | undefined;
	readonly reads: readonly Reference[];
}

/** True for functions of all kinds. */
export const isFunction = (node: Node): boolean => /Function(Expression|Declaration)$/.test(node.type);

/** What `let`, `const` and `class` belong to. */
const isBlock = (node: Node): boolean =>
	isFunction(node) ||
	/^(Program|BlockStatement|StaticBlock|SwitchStatement|CatchClause|For\w*Statement)$/.test(node.type);

/** What `var` and functions belong to. Functions in blocks are seen outside of them, too, as in a plain script. */
const isWhole = (node: Node): boolean => isFunction(node) || /^(Program|StaticBlock)$/.test(node.type);

/** The names that a pattern binds: `{ a, b: [c = 1] }`. */
export function boundNames(pattern: Node): string[] {
	switch (pattern?.type) {
		case 'Identifier':
			return [pattern.name];
		case 'ObjectPattern':
			return pattern.properties.flatMap((p: Node) =>
				boundNames(p.type === 'Property' ? p.value : p.argument),
			);
		case 'ArrayPattern':
			return pattern.elements.flatMap(boundNames);
		case 'AssignmentPattern':
			return boundNames(pattern.left);
		case 'RestElement':
			return boundNames(pattern.argument);
		default:
			return [];
	}
}

/** What says itself what it sets a name to. */
const DECLARES = /^(VariableDeclarator|FunctionDeclaration)$/;

class Variable implements Binding {
	readonly reads: Reference[] = [];
	readonly #values: Node[] = [];

	/** @param value undefined if it is not one that stands in the text */
	set(value: Node): void {
		this.#values.push(value);
	}

	get value(): Node | undefined {
		return this.#values.length === 1 ? this.#values[0] : undefined;
	}
}

/** The scopes of a program. */
export class Scopes {
	readonly #names = new Map<Node, Map<string, Variable>>();
	readonly #bindings = new Map<Node, Binding>();

	constructor(program: Node) {
		fullAncestor(program, (node: Node, _state: unknown, path: Node[]) =>
			this.#declare(node, path.slice(0, -1)),
		);
		fullAncestor(program, (node: Node, _state: unknown, path: Node[], type: string) => {
			if (node.type === 'Identifier') this.#mention(node, path.slice(0, -1), type === 'Identifier');
		});
	}

	/** What the name means that an identifier reads or sets; undefined for a global that the file does not declare. */
	of(identifier: Node): Binding | undefined {
		return this.#bindings.get(identifier);
	}

	/** Everything that is declared. */
	get all(): Iterable<Binding> {
		return [...this.#names.values()].flatMap((names) => [...names.values()]);
	}

	#declare(node: Node, around: readonly Node[]): void {
		const block = () => around.findLast(isBlock);
		const whole = () => around.findLast(isWhole);
		switch (node.type) {
			case 'VariableDeclarator': {
				const { kind } = around.at(-1);
				const looped = /^For(In|Of)Statement$/.test(around.at(-2)?.type);
				const values = node.init ? [node.id.type === 'Identifier' ? node.init : undefined] : [];
				this.#add(kind === 'var' ? whole() : block(), node.id, looped ? [undefined] : values);
				break;
			}
			case 'FunctionDeclaration':
				this.#add(whole(), node.id, [node]);
				break;
			case 'FunctionExpression':
			case 'ClassExpression':
				this.#add(node, node.id, [undefined]);
				break;
			case 'ClassDeclaration':
				this.#add(block(), node.id, [undefined]);
				break;
			case 'CatchClause':
				this.#add(node, node.param, [undefined]);
				break;
			case 'ImportDeclaration':
				for (const { local } of node.specifiers) this.#add(around[0], local, [undefined]);
				break;
		}
		if (isFunction(node)) for (const param of node.params) this.#add(node, param, [undefined]);
	}

	#add(scope: Node, pattern: Node, values: readonly Node[]): void {
		const names = this.#names.get(scope) ?? new Map<string, Variable>();
		this.#names.set(scope, names);
		for (const name of boundNames(pattern)) {
			const variable = names.get(name) ?? new Variable();
			names.set(name, variable);
			for (const value of values) variable.set(value);
		}
	}

	#mention(node: Node, around: readonly Node[], isExpression: boolean): void {
		const variable = around
			.map((scope) => this.#names.get(scope)?.get(node.name))
			.findLast((found) => found !== undefined);
		if (!variable) return;
		this.#bindings.set(node, variable);
		const parent = around.at(-1);
		const looped = /^For(In|Of)/.test(parent.type) && parent.left === node;
		if (isExpression && !looped) variable.reads.push({ node, around });
		if (parent.type === 'AssignmentExpression' && parent.left === node && parent.operator === '=')
			variable.set(parent.right);
		else if (looped || parent.type === 'UpdateExpression' || !(isExpression || DECLARES.test(parent.type)))
			variable.set(undefined);
	}
}
