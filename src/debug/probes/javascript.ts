/**
 * Inserts the debugger's calls into JavaScript.
 *
 * @module
 */
import type { Function as AcornFunction, Node, Pattern, Program, ReturnStatement } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import { Insertions } from '../../probes/insertions.ts';
import { isDirective, parseScript, probeStatements } from '../../probes/javascript.ts';
import { JAVASCRIPT_GUEST } from '../guest/javascript.ts';
import { type Probed, Statements, type Visible } from './probed.ts';

/** Passes on what a function returns. */
const LEAVE_WITH = '__kh.leave(__kh_f,(';

/** Any node, with the fields that are looked at. */
interface AnyNode extends Node {
	body?: AnyNode | AnyNode[];
	params?: Pattern[];
	declarations?: { id: Pattern }[];
	declaration?: AnyNode | null;
	specifiers?: { local?: { name: string } }[];
	id?: { name: string } | null;
	init?: AnyNode | null;
	left?: AnyNode;
	param?: Pattern | null;
	cases?: { consequent: AnyNode[] }[];
	kind?: string;
}

/** The names that a pattern declares. */
function namesOf(pattern: Pattern | null | undefined): string[] {
	switch (pattern?.type) {
		case 'Identifier':
			return [pattern.name];
		case 'ObjectPattern':
			return pattern.properties.flatMap((p) => namesOf(p.type === 'RestElement' ? p.argument : p.value));
		case 'ArrayPattern':
			return pattern.elements.flatMap(namesOf);
		case 'AssignmentPattern':
			return namesOf(pattern.left);
		case 'RestElement':
			return namesOf(pattern.argument);
		default:
			return [];
	}
}

/** What the statements of one block declare, for the block only. */
function declaredBy(statements: readonly AnyNode[]): string[] {
	return statements.flatMap((statement): string[] => {
		const { type, declarations, declaration, specifiers, id } = statement;
		if (type === 'ImportDeclaration') return (specifiers ?? []).flatMap(({ local }) => local?.name ?? []);
		if (declaration) return declaredBy([declaration]);
		if (type === 'VariableDeclaration')
			return (declarations ?? []).flatMap((declarator) => namesOf(declarator.id));
		return (type === 'FunctionDeclaration' || type === 'ClassDeclaration') && id ? [id.name] : [];
	});
}

function isFunction({ type }: Node): boolean {
	return (
		type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'
	);
}

/** The `var`s of a function or file, wherever in it they stand. */
function hoistedIn(holder: AnyNode): string[] {
	const names: string[] = [];
	fullAncestor(holder, (node, _state, ancestors) => {
		const { kind, declarations } = node as AnyNode;
		if (node.type !== 'VariableDeclaration' || kind !== 'var') return;
		if (ancestors.some((ancestor) => ancestor !== holder && isFunction(ancestor))) return;
		for (const { id } of declarations ?? []) names.push(...namesOf(id));
	});
	return names;
}

/** What a node declares for what is inside of it. */
function declaredIn(node: AnyNode): string[] {
	switch (node.type) {
		case 'Program':
			return [...declaredBy((node.body as AnyNode[] | undefined) ?? []), ...hoistedIn(node)];
		case 'FunctionDeclaration':
		case 'FunctionExpression':
		case 'ArrowFunctionExpression': {
			const own = node.type === 'FunctionExpression' && node.id ? [node.id.name] : [];
			return [...(node.params ?? []).flatMap(namesOf), ...hoistedIn(node), ...own];
		}
		case 'BlockStatement':
		case 'StaticBlock':
			return declaredBy(node.body as AnyNode[]);
		case 'SwitchStatement':
			return (node.cases ?? []).flatMap(({ consequent }) => declaredBy(consequent));
		case 'ForStatement':
			return node.init ? declaredBy([node.init]) : [];
		case 'ForInStatement':
		case 'ForOfStatement':
			return node.left ? declaredBy([node.left]) : [];
		case 'CatchClause':
			return namesOf(node.param);
		default:
			return [];
	}
}

/** Finds what statements see, and remembers what nodes declare. */
class Scopes {
	readonly #declared = new Map<Node, readonly string[]>();

	/** @param holders the nodes that hold the statement, outermost first */
	visible(holders: readonly Node[]): Visible {
		const local = new Set<string>();
		const outer = new Set<string>();
		let own = true;
		for (const node of holders.toReversed()) {
			for (const name of this.#of(node)) if (!local.has(name)) (own ? local : outer).add(name);
			if (isFunction(node)) own = false;
		}
		return { local: [...local], outer: [...outer] };
	}

	#of(node: Node): readonly string[] {
		let names = this.#declared.get(node);
		if (!names) {
			names = declaredIn(node as AnyNode);
			this.#declared.set(node, names);
		}
		return names;
	}
}

/** What a function is called: by itself, or by what it is assigned to. */
function nameOf(fn: AcornFunction, holders: readonly Node[]): string {
	if (fn.id) return fn.id.name;
	const holder = holders.at(-2) as
		| { type: string; id?: Pattern; key?: Pattern; left?: Pattern; kind?: string }
		| undefined;
	const key = holder?.id ?? holder?.key ?? holder?.left;
	return key?.type === 'Identifier' ? key.name : 'anonymous function';
}

/** Where statements begin behind directives and a line for the shell. */
function startOf(statements: readonly AnyNode[], from: number): number {
	let start = from;
	for (const statement of statements) {
		if (!isDirective(statement)) break;
		start = statement.end;
	}
	return start;
}

/**
 * @param code text
 * @param file the file's number
 * @returns undefined if it does not parse
 */
export function probeJavaScript(code: string, file: number, isModule: boolean): Probed | undefined {
	const tree = parseScript(code, isModule);
	if (!tree) return undefined;
	const insertions = new Insertions();
	const statements = new Statements();
	const scopes = new Scopes();
	const body = tree.body as AnyNode[];
	const shebang = /^#![^\n]*\n?/.exec(code)?.[0].length ?? 0;
	// `var`, since the scripts of one engine share what their top level declares
	const declare = isModule ? 'const' : 'var';
	insertions.add(
		startOf(body, shebang),
		`;${declare} __kh=${JAVASCRIPT_GUEST},__kh_f=__kh.enter("top level",${file});`,
	);
	probeFunctions(tree, code, file, insertions);
	probeStatements(tree, insertions, (_statement, line, holders) => {
		const around = [...holders];
		const number = statements.add(line, () => scopes.visible(around));
		return `__kh.step(__kh_f,${number},__kh_x=>eval(__kh_x));`;
	});
	return { code: `${insertions.apply(code)}\n;__kh.leave(__kh_f);`, statements: statements.list };
}

/**
 * Functions tell when they begin and when they end: behind the value of a `return`, or behind the last statement. Inner ones come
 * before outer ones, as `Insertions.close` wants it.
 */
function probeFunctions(tree: Program, code: string, file: number, insertions: Insertions): void {
	fullAncestor(tree, (node, _state, holders) => {
		if (node.type === 'ReturnStatement') {
			const { argument } = node as ReturnStatement;
			if (argument) {
				insertions.add(argument.start, LEAVE_WITH);
				insertions.close(argument.end, '))');
			} else insertions.close(node.start + 'return'.length, ' __kh.leave(__kh_f)');
		}
		if (!isFunction(node)) return;
		const fn = node as AcornFunction;
		const enter = `const __kh_f=__kh.enter(${JSON.stringify(nameOf(fn, holders))},${file});`;
		if (fn.body.type === 'BlockStatement') {
			insertions.add(startOf(fn.body.body as AnyNode[], fn.body.start + 1), `;${enter}`);
			insertions.add(fn.body.end - 1, ';__kh.leave(__kh_f);');
			return;
		}
		// an arrow with an expression, in brackets perhaps
		const arrow = code.indexOf('=>', fn.params.at(-1)?.end ?? fn.start) + '=>'.length;
		insertions.add(arrow, `{${enter}return ${LEAVE_WITH}`);
		insertions.close(fn.end, '))}');
	});
}
