/**
 * Makes Lua report which of its lines run, by a call before each statement.
 *
 * @module
 */
import { Insertions } from '../../probes/insertions.ts';
import { isLuaNode, type LuaNode, parseLua } from '../../probes/lua.ts';
import type { Instrumented } from './instrumented.ts';

/** Statements in front of which no call may or needs to stand. */
const SILENT = new Set(['LabelStatement', 'BreakStatement', 'FunctionDeclaration']);

/** Visits every statement of every block. */
function statements(node: unknown, visit: (statement: LuaNode) => void): void {
	if (Array.isArray(node)) for (const child of node) statements(child, visit);
	if (!isLuaNode(node)) return;
	const { body, ...rest } = node;
	if (Array.isArray(body)) for (const statement of body) visit(statement);
	statements(body, visit);
	for (const [key, child] of Object.entries(rest))
		if (key !== 'loc' && key !== 'range') statements(child, visit);
}

/**
 * @param code a byte string
 * @param id the file's number
 * @param call what is called with it and the line
 * @returns undefined if the source does not parse
 */
export function instrumentLua(code: string, id: number, call: string): Instrumented | undefined {
	const parsed = parseLua(code);
	if (!parsed) return undefined;
	const { text, tree } = parsed;
	const name = `__kemihost_line_${id}`;
	const insertions = new Insertions();
	const lines = new Set<number>();
	statements(tree, ({ type, range, loc }) => {
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
		(SILENT.has(type) ? silent : told).add(loc.start.line);
	});
	return new Set([...silent].filter((line) => !told.has(line)));
}
