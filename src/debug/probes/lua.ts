/**
 * Inserts the debugger's calls into Lua.
 *
 * @module
 */
import { Insertions } from '../../probes/insertions.ts';
import { isLuaNode, type LuaNode, parseLua } from '../../probes/lua.ts';
import { LUA_GUEST } from '../guest/lua.ts';
import { type Probed, Statements, type Visible } from './probed.ts';

/** Lua allows a function 255 variables from around it; the debugger's own and those of the script have to fit. */
const MOST_REACHED = 150;

/** A local variable. */
interface Variable {
	readonly name: string;
	/** Declared with `<const>` or `<close>`. */
	readonly constant: boolean;
}

/** One function, or a file. */
interface Fn {
	readonly holder: Fn | undefined;
	/** Variables of functions around it that are used in it, by name. */
	readonly outer: Map<string, Variable>;
}

/** The variables of one block. */
interface Block {
	readonly holder: Block | undefined;
	readonly fn: Fn;
	/** With those of the same name behind each other, the newest last. */
	readonly names: Variable[];
}

/** Puts the calls into one file. */
class LuaProber {
	readonly #text: string;
	readonly #file: number;
	readonly #statements = new Statements();
	/** Texts that are known only once the whole function was read. */
	readonly #pending: { offset: number; text: () => string }[] = [];

	constructor(text: string, file: number) {
		this.#text = text;
		this.#file = file;
	}

	chunk(tree: LuaNode): Probed {
		const block: Block = { holder: undefined, fn: { holder: undefined, outer: new Map() }, names: [] };
		const body = tree.body ?? [];
		this.#block(body, block);
		const insertions = new Insertions();
		for (const { offset, text } of this.#pending) insertions.add(offset, text());
		const start = `local __kh=${LUA_GUEST} local __kh_f=__kh.enter("main chunk",${this.#file}) `;
		const end = endsByItself(body) ? '' : '\n__kh.leave(__kh_f)';
		return {
			code: start + insertions.apply(this.#text) + end,
			statements: this.#statements.list,
		};
	}

	#put(offset: number, text: string | (() => string)): void {
		this.#pending.push({ offset, text: typeof text === 'string' ? () => text : text });
	}

	#block(body: readonly LuaNode[], block: Block): void {
		for (const statement of body) this.#statement(statement, block);
	}

	#statement(node: LuaNode, block: Block): void {
		const { type, range, loc } = node;
		const inner = (names: readonly LuaNode[] = []): Block => {
			const made: Block = { holder: block, fn: block.fn, names: [] };
			declare(made, names, this.#text);
			return made;
		};
		if (type !== 'LabelStatement' && !isFunctionDeclaration(node))
			this.#step(range[0], loc.start.line, block);
		switch (type) {
			case 'LocalStatement':
				this.#expressions(node['init'], block, node['variables']);
				declare(block, node['variables'] as LuaNode[], this.#text);
				return;
			case 'FunctionDeclaration':
				if (node['isLocal']) declare(block, [node['identifier'] as LuaNode], this.#text);
				else this.#expressions(node['identifier'], block);
				this.#function(node, block, this.#written(node['identifier']));
				return;
			case 'AssignmentStatement':
				this.#expressions(node['variables'], block);
				this.#expressions(node['init'], block, node['variables']);
				return;
			case 'ReturnStatement':
				this.#return(node, block);
				return;
			case 'IfStatement':
				for (const clause of node['clauses'] as LuaNode[]) {
					this.#expressions(clause['condition'], block);
					this.#block(clause.body ?? [], inner());
				}
				return;
			case 'WhileStatement':
				this.#expressions(node['condition'], block);
				this.#block(node.body ?? [], inner());
				return;
			case 'RepeatStatement': {
				const body = inner();
				this.#block(node.body ?? [], body);
				this.#expressions(node['condition'], body); // sees what the body has declared
				return;
			}
			case 'DoStatement':
				this.#block(node.body ?? [], inner());
				return;
			case 'ForNumericStatement':
				this.#expressions([node['start'], node['end'], node['step']], block);
				this.#block(node.body ?? [], inner([node['variable'] as LuaNode]));
				return;
			case 'ForGenericStatement':
				this.#expressions(node['iterators'], block);
				this.#block(node.body ?? [], inner(node['variables'] as LuaNode[]));
				return;
			default:
				this.#expressions(node['expression'], block);
		}
	}

	#step(offset: number, line: number, block: Block): void {
		const names = visibleIn(block);
		const outer = () =>
			[...block.fn.outer.values()].filter(({ name }) => !names.some((own) => own.name === name));
		const number = this.#statements.add(
			line,
			(): Visible => ({ local: names.map(({ name }) => name), outer: outer().map(({ name }) => name) }),
		);
		this.#put(offset, () => {
			const reached = [...names, ...outer()].slice(0, MOST_REACHED);
			return `__kh.step(__kh_f,${number},${reach(reached)})`;
		});
	}

	#return({ range, arguments: values }: LuaNode, block: Block): void {
		const given = values as LuaNode[];
		if (given.length === 0) {
			this.#put(range[0], '__kh.leave(__kh_f)');
			return;
		}
		this.#put(range[0] + 'return'.length, ' __kh.leave(__kh_f,');
		this.#expressions(given, block);
		this.#put(this.#text[range[1] - 1] === ';' ? range[1] - 1 : range[1], ')');
	}

	#function(node: LuaNode, block: Block, name: string): void {
		const fn: Fn = { holder: block.fn, outer: new Map() };
		const inside: Block = { holder: block, fn, names: [] };
		const params = (node['parameters'] as LuaNode[]).filter(({ type }) => type === 'Identifier');
		const isMethod = isLuaNode(node['identifier']) && node['identifier']['indexer'] === ':';
		if (isMethod) inside.names.push({ name: 'self', constant: false });
		declare(inside, params, this.#text);
		const body = node.body ?? [];
		const end = node.range[1] - 'end'.length;
		this.#put(body[0]?.range[0] ?? end, ` local __kh_f=__kh.enter(${JSON.stringify(name)},${this.#file}) `);
		this.#block(body, inside);
		if (!endsByItself(body)) this.#put(end, ' __kh.leave(__kh_f) ');
	}

	/**
	 * Goes through whatever is no statement.
	 * @param named what the values are assigned to, one by one: a function is called by it
	 */
	#expressions(part: unknown, block: Block, named?: unknown): void {
		if (Array.isArray(part)) {
			const names = Array.isArray(named) ? named : [];
			for (const [i, child] of part.entries()) this.#expressions(child, block, names[i]);
			return;
		}
		if (!isLuaNode(part)) return;
		switch (part.type) {
			case 'Identifier':
				use(block, String(part['name']));
				return;
			case 'FunctionDeclaration':
				this.#function(part, block, isLuaNode(named) ? this.#written(named) : 'anonymous function');
				return;
			case 'MemberExpression':
				this.#expressions(part['base'], block);
				return;
			case 'TableKeyString':
				this.#expressions(part['value'], block, part['key']);
				return;
			default:
				for (const [key, child] of Object.entries(part))
					if (key !== 'loc' && key !== 'range') this.#expressions(child, block);
		}
	}

	#written(node: unknown): string {
		return isLuaNode(node) ? this.#text.slice(...node.range) : 'anonymous function';
	}
}

/** True for a function that is declared rather than assigned: nothing happens there that one would stop for. */
function isFunctionDeclaration({ type }: LuaNode): boolean {
	return type === 'FunctionDeclaration';
}

/** True if nothing may follow, or is reached, behind the last statement. */
function endsByItself(body: readonly LuaNode[]): boolean {
	const last = body.at(-1)?.type;
	return last === 'ReturnStatement' || last === 'BreakStatement' || last === 'GotoStatement';
}

function declare(block: Block, nodes: readonly LuaNode[], text: string): void {
	for (const { name, range } of nodes)
		block.names.push({ name: String(name), constant: /^\s*</.test(text.slice(range[1], range[1] + 20)) });
}

/** The variables of a block's own function, innermost first, each name once. */
function visibleIn(block: Block): Variable[] {
	const found = new Map<string, Variable>();
	for (let at: Block | undefined = block; at?.fn === block.fn; at = at.holder)
		for (const variable of at.names.toReversed())
			if (!found.has(variable.name)) found.set(variable.name, variable);
	return [...found.values()];
}

/** Notes that a name is used: as a variable from around, in each function between it and where it is declared. */
function use(block: Block, name: string): void {
	for (let declared: Block | undefined = block; declared; declared = declared.holder) {
		const variable = declared.names.findLast((one) => one.name === name);
		if (!variable) continue;
		for (let fn: Fn | undefined = block.fn; fn && fn !== declared.fn; fn = fn.holder)
			fn.outer.set(name, variable);
		return;
	}
}

/** A function that reads and sets variables by name; its own parameters have names that no script has. */
function reach(variables: readonly Variable[]): string {
	const cases = variables.map(
		({ name, constant }) =>
			`if __kh_n=="${name}" then ${constant ? '' : `if __kh_s then ${name}=__kh_v end `}return true,${name} end `,
	);
	return cases.length === 0 ? 'nil' : `function(__kh_n,__kh_s,__kh_v) ${cases.join('')}end`;
}

/**
 * @param code a byte string
 * @param file the file's number
 * @returns undefined if it does not parse
 */
export function probeLua(code: string, file: number): Probed | undefined {
	const parsed = parseLua(code);
	return parsed && new LuaProber(parsed.text, file).chunk(parsed.tree);
}
