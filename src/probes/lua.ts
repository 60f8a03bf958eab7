/**
 * Lua's syntax tree, for tools that insert calls to follow where a script is.
 *
 * @module
 */
import luaparse from 'luaparse';

/** A node of the tree. `range` are offsets, `loc` lines from 1. */
export interface LuaNode {
	type: string;
	range: [number, number];
	loc: { start: { line: number } };
	body?: LuaNode[];
	[key: string]: unknown;
}

/** A first line for the shell stays a comment. */
const SHEBANG = /^(\xef\xbb\xbf)?#[^\n]*/;

/** What Lua 5.4 writes behind the name of a variable. */
const ATTRIBUTE = /<[ \t]*(?:const|close)[ \t]*>/g;

/** A source that was parsed. */
export interface ParsedLua {
	/** The source without its line for the shell; offsets are those of the original. */
	readonly text: string;
	readonly tree: LuaNode;
}

/**
 * @param code a byte string
 * @returns undefined if it does not parse: the engine will say why
 */
export function parseLua(code: string): ParsedLua | undefined {
	const shebang = SHEBANG.exec(code)?.[0] ?? '';
	const text = ' '.repeat(shebang.length) + code.slice(shebang.length);
	const options = {
		luaVersion: '5.3',
		encodingMode: 'pseudo-latin1',
		locations: true,
		ranges: true,
	} as const;
	try {
		const readable = text.replace(ATTRIBUTE, (attribute) => ' '.repeat(attribute.length));
		return { text, tree: luaparse.parse(readable, options) as unknown as LuaNode };
	} catch {
		return undefined;
	}
}

/** True for a part of a tree that is a node. */
export function isLuaNode(value: unknown): value is LuaNode {
	return typeof value === 'object' && value !== null && typeof (value as LuaNode).type === 'string';
}
