/**
 * Lua that tells which of its lines run: a call in front of each statement.
 *
 * @module
 */
import luaparse from 'luaparse';
import type { Instrumented } from './coverage.ts';
import { Insertions } from './insertions.ts';

interface LuaNode {
	type: string;
	range?: [number, number];
	loc?: { start: { line: number } };
	body?: LuaNode[];
	[key: string]: unknown;
}

/** Statements in front of which no call may or needs to stand. */
const SILENT = new Set(['LabelStatement', 'BreakStatement', 'FunctionDeclaration']);

/** Visits every statement of every block. */
function statements(node: unknown, visit: (statement: LuaNode) => void): void {
	if (Array.isArray(node)) for (const child of node) statements(child, visit);
	if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
	const { type, body, ...rest } = node as LuaNode;
	if (typeof type !== 'string') return;
	if (Array.isArray(body)) for (const statement of body) visit(statement);
	statements(body, visit);
	for (const [key, child] of Object.entries(rest))
		if (key !== 'loc' && key !== 'range') statements(child, visit);
}

/** A first line for the shell stays a comment. */
const SHEBANG = /^(\xef\xbb\xbf)?#[^\n]*/;

/**
 * @param code a byte string
 * @param id the file's number
 * @param call what is called with it and the line
 * @returns undefined where the source does not parse
 */
export function instrumentLua(code: string, id: number, call: string): Instrumented | undefined {
	const shebang = SHEBANG.exec(code)?.[0] ?? '';
	const text = ' '.repeat(shebang.length) + code.slice(shebang.length);
	let tree: LuaNode;
	try {
		const options = {
			luaVersion: '5.3',
			encodingMode: 'pseudo-latin1',
			locations: true,
			ranges: true,
		} as const;
		tree = luaparse.parse(text, options) as unknown as LuaNode;
	} catch {
		return undefined;
	}
	const name = `__kemihost_line_${id}`;
	const insertions = new Insertions();
	const lines = new Set<number>();
	statements(tree, ({ type, range, loc }) => {
		if (!range || !loc) return;
		if (type === 'FunctionDeclaration') return;
		lines.add(loc.start.line);
		if (!SILENT.has(type)) insertions.add(range[0], `${name}(${loc.start.line});`);
	});
	for (const line of linesOfBreaks(tree)) lines.delete(line);
	const prologue = `local ${name} do local s,c={},${call} ${name}=function(n) if not s[n] then s[n]=true c(${id},n) end end end `;
	return { code: prologue + insertions.apply(text), lines: [...lines].sort((a, b) => a - b) };
}

/** Lines whose only statement is one that cannot be told. */
function linesOfBreaks(tree: LuaNode): Set<number> {
	const silent = new Set<number>();
	const told = new Set<number>();
	statements(tree, ({ type, loc }) => {
		if (loc) (SILENT.has(type) ? silent : told).add(loc.start.line);
	});
	return new Set([...silent].filter((line) => !told.has(line)));
}
