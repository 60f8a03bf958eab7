/**
 * Changes to fengari's source text that make it faster, applied while it is loaded.
 *
 * Nearly all of them replace an expression by one with the same result; a few mend pattern matching where it differs from Lua. If
 * another version of fengari does not contain the expression, it is left as it is.
 *
 * @module
 */
import { createRequire, registerHooks } from 'node:module';

const require = createRequire(import.meta.url);

/** One change: every place in some files, as they are required. */
interface Change {
	/** Names of fengari's files, without their ending. */
	readonly files: readonly string[];
	readonly from: RegExp;
	readonly to: string | ((place: string, ...groups: string[]) => string);
}

/** The number of an instruction by its name. */
function opcode(name: string): number | undefined {
	const { OpCodesI } = require('fengari/src/lopcodes.js') as { OpCodesI?: Readonly<Record<string, number>> };
	return OpCodesI?.[name];
}

export const CHANGES: readonly Change[] = [
	{
		// Fields that begin as NaN hold floating-point numbers for V8 ever after: each place of the stack and each instruction's
		// number would be an object of its own. Nothing asks for NaN, as all of them are set before they are read.
		files: ['lstate'],
		from: /= NaN;/g,
		to: '= 0;',
	},
	{
		// These files require one another in a circle. Node gives what such a file exports another prototype for that time,
		// unless its prototype is not the usual one; V8 then keeps its functions in a hash table, and looks there at every call.
		files: ['defs', 'lapi', 'lobject', 'lualib'],
		from: /^"use strict";/g,
		to: '"use strict"; module.exports = Object.create({});',
	},
	{
		// The count for the hook, in the place of a call for each instruction.
		files: ['lvm'],
		from: /\{\s+ldebug\.luaG_traceexec\(L\);/g,
		to: '{ if (L.hookcount > 1 && !(L.hookmask & LUA_MASKLINE)) L.hookcount--; else ldebug.luaG_traceexec(L);',
	},
	{
		// With numbers for its cases, and not variables, the switch of the interpreter becomes a table to jump by.
		files: ['lvm'],
		from: /case (OP_\w+):/g,
		to: (_, name = '') => `case ${opcode(name) ?? name}:`,
	},
	// The stack is filled up with nil and cut off around every call. (In front of the next change, which is for other places.)
	{
		files: ['ldo'],
		from: /while \(L\.top < newtop\)\s+L\.stack\[L\.top\+\+\] = new lobject\.TValue\(LUA_TNIL, null\);/g,
		to: 'const stack = L.stack; let top = L.top; while (top < newtop) stack[top++] = new lobject.TValue(LUA_TNIL, null); L.top = top;',
	},
	{
		files: ['ldo'],
		from: /while \(L\.top > newtop\)\s+delete L\.stack\[--L\.top\];/g,
		to: 'const stack = L.stack; let top = L.top; while (top > newtop) stack[--top] = void 0; L.top = top;',
	},
	{
		// `delete` turns an array into one with holes, at the price of a call into V8 for each value that is popped. The
		// stack forgets the value all the same, and nothing asks whether an element is there.
		files: ['lapi', 'ldebug', 'ldo', 'lparser', 'ltm', 'lvm'],
		from: /delete (L\.stack\[[^;\]]+\]);/g,
		to: '$1 = void 0;',
	},
	{
		// A string's key in a table. Here hexadecimal digits would be joined one by one (without a leading zero, so that two
		// strings could have one key). The key of a short one is a text in one piece, as it is compared at every look into a table.
		files: ['lstring'],
		from: /let len = str\.length;\s+let s = "\|";\s+for \(let i=0; i<len; i\+\+\)\s+s \+= str\[i\]\.toString\(16\);\s+return s;/g,
		to: 'if (str.length > 64) return "|" + Buffer.prototype.latin1Slice.call(str, 0, str.length); copy.set(str, 1); return copy.latin1Slice(0, str.length + 1);',
	},
	{
		// Short ones go through memory that is there already (`fromLuaString`).
		files: ['lstring'],
		from: /^"use strict";/g,
		to: '"use strict"; const copy = Buffer.allocUnsafeSlow(65); copy[0] = 124;',
	},
	{
		// `Uint8Array.from` iterates.
		files: ['defs'],
		from: /Uint8Array\.from\.bind\(Uint8Array\)/g,
		to: '(bytes) => new Uint8Array(bytes)',
	},
	{
		// The name of a global or a field may be a string that is there already: its key is known then.
		files: ['lapi'],
		from: /(const auxgetstr = function\(L, t, k\) \{\s+let str = )(luaS_new\(L, from_userstring\(k\)\))/g,
		to: '$1k.realstring ? k : $2',
	},
	{
		// Room for the text as JavaScript has it (internals.ts).
		files: ['lstring'],
		from: /this\.hash = null;/g,
		to: 'this.hash = null; this.text = null;',
	},
	{
		files: ['lapi'],
		from: /luaS_new\(L, s\.subarray\(0, len\)\)/g,
		to: 'luaS_bless(L, s.slice(0, len))',
	},
	{
		// What a pattern has captured. A view would have V8 take memory from the system for the whole text first.
		files: ['lstrlib'],
		from: /ms\.src\.subarray\(s, e\), e - s\); {2}\/\* add/g,
		to: 'ms.src.slice(s, e), e - s); /* add',
	},
	{
		files: ['lstrlib'],
		from: /ms\.src\.subarray\(ms\.capture\[i\]\.init\), l\)/g,
		to: 'ms.src.slice(ms.capture[i].init, ms.capture[i].init + l), l)',
	},
	{
		// Where a repetition gives back all that it has taken, and the match ends in front of the first byte, that is at 0.
		files: ['lstrlib'],
		from: /if \(res\) return res;/g,
		to: 'if (res !== null) return res;',
	},
	{
		// A reference to the capture of a position matches nothing. Its length is -2, and the match would go backwards.
		files: ['lstrlib'],
		from: /if \(\(ms\.src_end-s\) >= len/g,
		to: 'if (len >= 0 && (ms.src_end-s) >= len',
	},
	{
		files: ['lstrlib'],
		from: /\(missing arguments to '%%b'"/g,
		to: "(missing arguments to '%%b')\"",
	},
	// `string.format` and the like write into a buffer that is made longer by doubling from nothing, and take a view of what
	// is left of it for every character.
	{
		files: ['lauxlib'],
		from: /Math\.max\(B\.b\.length \* 2, newend\)/g,
		to: 'Math.max(B.b.length * 2, newend, 64)',
	},
	{
		files: ['lauxlib'],
		from: /luaL_prepbuffsize\(B, 1\);/g,
		to: 'if (B.n >= B.b.length) luaL_prepbuffsize(B, 1);',
	},
	{
		files: ['lauxlib'],
		from: /let b = luaL_prepbuffsize\(B, l\);\s+b\.set\(s\.subarray\(0, l\)\);/g,
		to: 'if (B.n + l > B.b.length) luaL_prepbuffsize(B, l); B.b.set(l === s.length ? s : s.subarray(0, l), B.n);',
	},
];

/** Runs `load`, in which fengari's files are required, with the changes. */
export function withChanges<T>(load: () => T): T {
	const hooks = registerHooks({
		load(url, context, nextLoad) {
			const loaded = nextLoad(url, context);
			const [, name = ''] = /\/fengari\/src\/(\w+)\.js$/.exec(url) ?? [];
			const changes = CHANGES.filter(({ files }) => files.includes(name));
			if (changes.length === 0 || loaded.source == null) return loaded;
			const source =
				typeof loaded.source === 'string'
					? loaded.source
					: Buffer.from(loaded.source as Uint8Array).toString();
			return {
				...loaded,
				source: changes.reduce((text, { from, to }) => text.replace(from, to as string), source),
			};
		},
	});
	try {
		return load();
	} finally {
		hooks.deregister();
	}
}
