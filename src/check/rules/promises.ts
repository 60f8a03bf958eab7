/**
 * Rules about promises whose value a script uses without `await`.
 *
 * @module
 */
import { fullAncestor } from 'acorn-walk';
import type { Facts } from '../facts.ts';
import { type Binding, isFunction, type Node, type Reference, Scopes } from '../javascript-scopes.ts';
import { type Rule, type RuleFinding, rule } from '../rule.ts';

/**
 * What becomes of an expression's value: something needs it, nothing does, or it is awaited, returned, or handed on to where
 * somebody may await it.
 */
type Use = 'needed' | 'dropped' | 'kept';

/** Where a promise comes from. */
interface Source {
	/** `KSR.http_client.query`, or a function of the script's own. */
	readonly name: string;
	/** True for the call of a KSR function itself: whoever makes it wants what it gives, or at least that it is done. */
	readonly direct: boolean;
}

/** Names and functions are followed no deeper than this: they may go round in circles. */
const DEEPEST = 20;

/** What is called or read, `KSR.http_client.query`; undefined for what is no chain of names. */
function pathOf(node: Node): string | undefined {
	if (node.type === 'Identifier') return node.name;
	if (node.type === 'ChainExpression') return pathOf(node.expression);
	if (node.type !== 'MemberExpression' || node.computed) return undefined;
	const base = pathOf(node.object);
	return base && `${base}.${node.property.name}`;
}

/** The functions of a promise: what calls them has taken it for one. */
const isOfPromise = (member: Node): boolean =>
	!member.computed && /^(then|catch|finally)$/.test(member.property.name);

/** The promises of one script. */
class Promises {
	readonly #facts: Facts;
	readonly #scopes: Scopes;

	constructor(facts: Facts, scopes: Scopes) {
		this.#facts = facts;
		this.#scopes = scopes;
	}

	/** Where the promise comes from that an expression gives; undefined if it gives none, or nobody can say. */
	behind(node: Node, depth = 0): Source | undefined {
		if (!node || depth > DEEPEST) return undefined;
		const behind = (part: Node) => this.behind(part, depth + 1);
		switch (node.type) {
			case 'ChainExpression':
				return behind(node.expression);
			case 'Identifier':
				return behind(this.#scopes.of(node)?.value);
			case 'ConditionalExpression':
				return behind(node.consequent) ?? behind(node.alternate);
			case 'LogicalExpression':
				return behind(node.right);
			case 'AssignmentExpression':
				return behind(node.right);
			case 'SequenceExpression':
				return behind(node.expressions.at(-1));
			case 'CallExpression':
				return this.#called(node.callee, depth + 1);
			default:
				return undefined;
		}
	}

	#called(callee: Node, depth: number): Source | undefined {
		const name = this.#ksr(callee);
		if (name !== undefined)
			return this.#facts.exports.find(name)?.declaration.waits ? { name, direct: true } : undefined;
		if (callee.type === 'MemberExpression' && isOfPromise(callee)) {
			const source = this.behind(callee.object, depth);
			return source && { ...source, direct: false };
		}
		if (callee.type !== 'Identifier') return undefined;
		const body = this.#scopes.of(callee)?.value;
		return body && this.#givesPromise(body, depth) ? { name: callee.name, direct: false } : undefined;
	}

	/** The function of KSR that is called, by whatever local name; undefined for others. */
	#ksr(callee: Node): string | undefined {
		const path = this.#facts.resolve(pathOf(callee) ?? '');
		return path.startsWith('KSR.') ? path : undefined;
	}

	#givesPromise(node: Node, depth: number): boolean {
		if (!isFunction(node) || node.generator) return false;
		if (node.async) return true;
		if (node.body.type !== 'BlockStatement') return this.behind(node.body, depth) !== undefined;
		const returned: Node[] = [];
		fullAncestor(node, (one: Node, _state: unknown, path: Node[]) => {
			if (one.type === 'ReturnStatement' && path.findLast(isFunction) === node) returned.push(one.argument);
		});
		return returned.some((value) => this.behind(value, depth) !== undefined);
	}

	/** What becomes of the value of an expression. */
	use({ node, around }: Reference): Use {
		const parent = around.at(-1);
		const further = () => this.use({ node: parent, around: around.slice(0, -1) });
		switch (parent.type) {
			case 'ChainExpression':
				return further();
			case 'ConditionalExpression':
				return parent.test === node ? 'needed' : further();
			case 'LogicalExpression':
				return parent.left === node ? 'needed' : further();
			case 'SequenceExpression':
				return parent.expressions.at(-1) === node ? further() : 'dropped';
			case 'AssignmentExpression': {
				if (!/^(=|\?\?=|\|\|=|&&=)$/.test(parent.operator)) return 'needed';
				const use = further();
				return use === 'dropped' ? 'kept' : use;
			}
			case 'ExpressionStatement':
				return 'dropped';
			case 'ForStatement':
				return parent.test === node ? 'needed' : 'dropped';
			case 'UnaryExpression':
				return /^(void|typeof)$/.test(parent.operator) ? 'kept' : 'needed';
			case 'BinaryExpression':
				return parent.operator === 'instanceof' ? 'kept' : 'needed';
			case 'MemberExpression':
				return parent.object === node && isOfPromise(parent) ? 'kept' : 'needed';
			case 'CallExpression':
				return parent.callee === node || this.#ksr(parent.callee) !== undefined ? 'needed' : 'kept';
			case 'TemplateLiteral':
				return around.at(-2)?.type === 'TaggedTemplateExpression' ? 'kept' : 'needed';
			case 'ForOfStatement':
				return parent.await ? 'kept' : 'needed';
			case 'ForInStatement':
			case 'IfStatement':
			case 'WhileStatement':
			case 'DoWhileStatement':
			case 'SwitchStatement':
			case 'SwitchCase':
			case 'UpdateExpression':
				return 'needed';
			default:
				return 'kept';
		}
	}
}

const positionOf = ({ loc }: Node) => ({ line: loc.start.line, column: loc.start.column + 1 });

function unawaited(node: Node, { name, direct }: Source): RuleFinding {
	return {
		at: positionOf(node),
		message: direct
			? `${name} waits: without await this is a promise`
			: `${name}() gives a promise, which is true and equal to nothing`,
		hint: `await ${name}(…) in an async function`,
	};
}

function* missingAwaits(facts: Facts, program: Node): Generator<RuleFinding> {
	const scopes = new Scopes(program);
	const promises = new Promises(facts, scopes);
	const calls: Reference[] = [];
	fullAncestor(program, (node: Node, _state: unknown, path: Node[]) => {
		if (node.type === 'CallExpression') calls.push({ node, around: path.slice(0, -1) });
	});
	for (const call of calls) {
		const source = promises.behind(call.node);
		const use = source && promises.use(call);
		// what a function of the script's own does by the way is its author's affair
		if (source && (use === 'needed' || (use === 'dropped' && source.direct)))
			yield unawaited(call.node, source);
	}
	for (const { value, reads } of scopes.all) {
		const source = promises.behind(value);
		if (source) yield* ofName(value, source, reads, promises);
	}
}

/** A name that holds a promise: either the call lacks its await, or single uses do. */
function* ofName(
	value: Node,
	source: Source,
	reads: Binding['reads'],
	promises: Promises,
): Generator<RuleFinding> {
	const uses = reads.map((reference) => ({ reference, use: promises.use(reference) }));
	const needed = uses.filter(({ use }) => use === 'needed');
	if (!uses.some(({ use }) => use === 'kept')) {
		if (needed.length > 0 || source.direct) yield unawaited(value, source);
		return;
	}
	for (const { reference } of needed)
		yield {
			at: positionOf(reference.node),
			message: `${reference.node.name} is a promise, of ${source.name}`,
			hint: `await ${reference.node.name}`,
		};
}

/** Rules about promises, which only JavaScript has. */
export const PROMISE_RULES: readonly Rule[] = [
	rule({
		code: 'KC151',
		name: 'missing-await',
		severity: 'error',
		language: 'javascript',
		doc: 'What a function that waits gives is used without `await`.',
		why: 'In JavaScript such a function, and every async function that calls it, gives a promise: not below 0, not equal to anything, and true in an if. Without await the script goes on with the promise in its hand, or ends before the answer is there. A promise may be kept, returned and handed on (Promise.all, then) as long as something awaits it; void in front of the call says that nothing is to. Lua waits by itself.',
		bad: 'async function f() {\n\tconst code = KSR.http_client.query("http://localhost/", "$var(x)"); //!!\n\tKSR.info("got " + code);\n}',
		good: 'async function f() {\n\tconst code = await KSR.http_client.query("http://localhost/", "$var(x)");\n\tKSR.info("got " + code);\n}',
		*check(facts) {
			if (facts.tree.program) yield* missingAwaits(facts, facts.tree.program);
		},
	}),
];
