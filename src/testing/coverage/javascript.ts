/**
 * JavaScript that tells which of its lines run: a call in front of each statement.
 *
 * @module
 */
import { type Node, type Options, type Program, parse, type Statement } from 'acorn';
import { full } from 'acorn-walk';
import type { Instrumented } from './coverage.ts';
import { Insertions } from './insertions.ts';

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

function parsed(code: string, isModule: boolean): Program | undefined {
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
 * @param code text
 * @param id the file's number
 * @param call what is called with it and the line
 * @returns undefined where the source does not parse
 */
export function instrumentJavaScript(
	code: string,
	id: number,
	call: string,
	isModule: boolean,
): Instrumented | undefined {
	const tree = parsed(code, isModule);
	if (!tree) return undefined;
	const name = `__kemihost_line_${id}`;
	const insertions = new Insertions();
	const lines = new Set<number>();
	const tell = (statement: Statement): string | undefined => {
		const line = statement.loc?.start.line;
		const directive = statement.type === 'ExpressionStatement' && statement.directive !== undefined;
		if (line === undefined || directive || SILENT.has(statement.type)) return undefined;
		lines.add(line);
		return `${name}(${line});`;
	};
	full(tree, (node) => {
		for (const statement of listOf(node)) {
			const told = tell(statement);
			if (told) insertions.add(statement.start, told);
		}
		for (const statement of bareBodies(node)) {
			const told = tell(statement);
			if (!told) continue;
			insertions.add(statement.start, `{${told}`);
			insertions.close(statement.end, '}');
		}
	});
	const helper = `\nfunction ${name}(n){const s=${name}.s??=new Set();if(!s.has(n)){s.add(n);${call}(${id},n)}}`;
	return { code: insertions.apply(code) + helper, lines: [...lines].sort((a, b) => a - b) };
}
