/**
 * Finds the statements of JavaScript before which a call can be inserted, for tools that follow where a script is.
 *
 * @module
 */
import { type Node, type Options, type Program, parse, type Statement } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import type { Insertions } from './insertions.ts';

/** Statements that declare rather than do something, or hold others that are told by themselves. */
const SILENT = new Set([
	'BlockStatement',
	'ClassDeclaration',
	'EmptyStatement',
	'ExportAllDeclaration',
	'ExportDefaultDeclaration',
	'ExportNamedDeclaration',
	'FunctionDeclaration',
	'ImportDeclaration',
]);

/**
 * @param code text
 * @returns undefined if it does not parse: the engine will say why
 */
export function parseScript(code: string, isModule: boolean): Program | undefined {
	const options: Options = {
		ecmaVersion: 'latest',
		sourceType: isModule ? 'module' : 'script',
		locations: true,
		allowHashBang: true,
		allowReturnOutsideFunction: true,
	};
	try {
		return parse(code, options);
	} catch {
		return undefined;
	}
}

/** True for a directive: `'use strict'`. */
export function isDirective(statement: Node): boolean {
	return statement.type === 'ExpressionStatement' && 'directive' in statement;
}

/** The statements that a node holds without braces: `if (x) return;`. */
function bareBodies(node: Node): Statement[] {
	const { consequent, alternate, body } = node as {
		consequent?: Statement;
		alternate?: Statement;
		body?: Statement;
	};
	switch (node.type) {
		case 'IfStatement':
			return [consequent, alternate].filter((s) => s !== undefined && s !== null) as Statement[];
		case 'ForStatement':
		case 'ForInStatement':
		case 'ForOfStatement':
		case 'WhileStatement':
		case 'DoWhileStatement':
			return body ? [body] : [];
		default:
			return [];
	}
}

/** The statements that stand one behind the other in a node. */
function listOf(node: Node): Statement[] {
	const { body, consequent } = node as { body?: Statement[]; consequent?: Statement[] };
	if (node.type === 'Program' || node.type === 'BlockStatement' || node.type === 'StaticBlock')
		return body ?? [];
	return node.type === 'SwitchCase' ? (consequent ?? []) : [];
}

/**
 * Puts a call in front of each statement that does something.
 * @param call gives its text for a statement, its line, and the nodes that hold it, outermost first
 */
export function probeStatements(
	tree: Program,
	insertions: Insertions,
	call: (statement: Statement, line: number, holders: readonly Node[]) => string,
): void {
	const told = (statement: Statement, holders: readonly Node[]): string | undefined => {
		const line = statement.loc?.start.line;
		if (line === undefined || isDirective(statement) || SILENT.has(statement.type)) return undefined;
		return call(statement, line, holders);
	};
	fullAncestor(tree, (node, _state, holders) => {
		for (const statement of listOf(node)) {
			const text = told(statement, holders);
			if (text) insertions.add(statement.start, text);
		}
		for (const statement of bareBodies(node)) {
			const text = told(statement, holders);
			if (!text) continue;
			insertions.add(statement.start, `{${text}`);
			insertions.close(statement.end, '}');
		}
	});
}
