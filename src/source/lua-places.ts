/**
 * Finds the column of a Lua error. Lua gives only the line, and usually the name that the error is about; if
 * exactly one place in the line fits, that is the column.
 *
 * @module
 */
import { library } from '../late.ts';

const luaparse = library('luaparse');

/** A node of luaparse; its types are unions that TypeScript cannot walk in general. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Node = any;

/** What Lua's messages say that an operation could not be done on, and which expressions do it. */
const OPERATIONS: readonly (readonly [message: RegExp, operands: (node: Node) => readonly Node[]])[] = [
	[/^attempt to index /, (node) => (isAccess(node) ? [node.base] : [])],
	[/^attempt to call /, (node) => (isCall(node) ? [node.base] : [])],
	[/^attempt to concatenate /, (node) => (node.operator === '..' ? operandsOf(node) : [])],
	[/^attempt to get length of /, (node) => (node.operator === '#' ? operandsOf(node) : [])],
	[
		/^attempt to perform |^number .*has no integer representation/,
		(node) => (/^([-+*/%^&|~]|\/\/|<<|>>)$/.test(node.operator ?? '') ? operandsOf(node) : []),
	],
];

const isAccess = ({ type }: Node) => type === 'MemberExpression' || type === 'IndexExpression';
const CALLS: ReadonlySet<string> = new Set(['CallExpression', 'StringCallExpression', 'TableCallExpression']);
const isCall = ({ type }: Node) => CALLS.has(type);
const operandsOf = (node: Node): readonly Node[] =>
	node.type === 'UnaryExpression' ? [node.argument] : [node.left, node.right];

/** The part of an expression that has its name: `c` of `a.b.c` and of `a["c"]`. Undefined if it has none. */
function namedPart(node: Node): { readonly name: string; readonly at: Node } | undefined {
	switch (node?.type) {
		case 'Identifier':
			return { name: node.name, at: node };
		case 'MemberExpression':
			return { name: node.identifier.name, at: node.identifier };
		case 'IndexExpression':
			return node.index.type === 'StringLiteral'
				? { name: node.index.raw.slice(1, -1), at: node.index }
				: undefined;
		default:
			return undefined;
	}
}

/** The places of one file. It is read when the first is asked for. */
export class LuaPlaces {
	readonly #text: string;
	#nodes: Map<number, Node[]> | undefined;
	/** Where the file cannot be read on. */
	#stop: { readonly line: number; readonly column: number } | undefined;

	/** @param text the file, as text: columns count characters */
	constructor(text: string) {
		this.#text = text;
	}

	/**
	 * The column of an error, from 1; undefined if it is not known.
	 * @param message what Lua says, without a position
	 */
	column(line: number, message: string): number | undefined {
		this.#nodes ??= this.#read();
		if (this.#stop?.line === line && / near /.test(message)) return this.#stop.column;
		const places = new Set(
			this.#candidates(this.#nodes.get(line) ?? [], message)
				.filter((node) => node.loc.start.line === line)
				.map((node) => node.loc.start.column + 1),
		);
		return places.size === 1 ? [...places][0] : undefined;
	}

	/** The nodes that a message may be about, among those of its line. */
	#candidates(nodes: readonly Node[], message: string): Node[] {
		const name = /\((?:global|local|upvalue|field|method|constant) '([^']+)'\)/.exec(message)?.[1];
		const operation = OPERATIONS.find(([words]) => words.test(message));
		if (operation)
			return nodes.flatMap(operation[1]).flatMap((operand) => {
				const named = namedPart(operand);
				// Lua names every operand that it can name
				return name === named?.name ? [named?.at ?? operand] : [];
			});
		if (message.startsWith('attempt to compare '))
			return nodes.filter(({ operator }) => /^[<>]=?$/.test(operator ?? ''));
		const [, number, callee] = /^bad argument #(\d+) to '([^']+)'/.exec(message) ?? [];
		if (callee !== undefined)
			return nodes
				.filter((node) => isCall(node) && namedPart(node.base)?.name === callee)
				.map((node) => node.arguments?.[Number(number) - 1] ?? node);
		return nodes.filter((node) => isCall(node) && namedPart(node.base)?.name === 'error');
	}

	#read(): Map<number, Node[]> {
		const nodes = new Map<number, Node[]>();
		const add = (line: number, node: Node) => {
			const list = nodes.get(line);
			if (list) list.push(node);
			else nodes.set(line, [node]);
		};
		const walk = (node: Node): void => {
			if (typeof node !== 'object' || node === null) return;
			if (isAccess(node) || isCall(node) || node.operator)
				for (let line = node.loc.start.line; line <= node.loc.end.line; line++) add(line, node);
			for (const [key, value] of Object.entries(node)) if (key !== 'loc') walk(value);
		};
		// a first line for the shell
		const text = this.#text.replace(/^\ufeff?#[^\n]*/, (first) => ' '.repeat(first.length));
		try {
			walk(luaparse().parse(text, { luaVersion: '5.3', locations: true, comments: false }).body);
		} catch (error) {
			const { line, column } = error as { line?: number; column?: number };
			if (line !== undefined && column !== undefined) this.#stop = { line, column: column + 1 };
		}
		return nodes;
	}
}
