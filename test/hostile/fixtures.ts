/**
 * The hostile scripts in `scripts/`, and what becomes of each. A script handles `/bombN`, N counting the ways it has
 * from 1, by doing its worst; any other request it answers with "fine".
 *
 * @module
 */
import { fileURLToPath } from 'node:url';

/** The name of an engine. */
export type EngineName = 'fengari' | 'wasmoon' | 'quickjs' | 'isolated-vm';

/**
 * What the client of `/bombN` gets, and what the log says:
 * - `cpu`, `memory`: 503, stopped by that limit; `stopped`: by either, or because the host's stack ended. A script that
 *   takes both time and memory is `stopped`: which limit it meets first is a matter of the machine's speed;
 * - `error`: 500, an error of the script, with file and line;
 * - `fine`: 200 and "fine", the bomb did no harm; `nothing`: 200 and no content, nothing was found;
 * - `late`: 200 and "fine", and what went on behind the reply was stopped by a limit;
 * - `any`: one of these, as the engine's version or the machine's speed has it.
 */
export type Outcome = 'cpu' | 'memory' | 'stopped' | 'error' | 'fine' | 'nothing' | 'late' | 'any';

/** One script, in each language that can express it. */
export interface Fixture {
	readonly name: string;
	/** What happens in each engine; an engine of the script's language that is missing is in `NEEDS_WATCHDOG`. */
	readonly outcome: Outcome | Partial<Record<EngineName, Outcome>>;
	/** How many ways it has, 1 if nothing is said. */
	readonly ways?: number | Readonly<Record<'lua' | 'js', number>>;
}

/** The path of a script. */
export function scriptPath(name: string, language: 'lua' | 'js'): string {
	return fileURLToPath(new URL(`./scripts/${name}.${language}`, import.meta.url));
}

/** What the engines stop, or bear, by themselves. */
export const FIXTURES: readonly Fixture[] = [
	// loops
	{ name: 'loop', outcome: 'cpu' },
	{ name: 'loop-caught', outcome: 'cpu' },
	{ name: 'loop-in-handler', outcome: 'cpu' },
	{ name: 'loop-in-finally', outcome: 'cpu' },
	{ name: 'loop-in-coroutine', outcome: 'cpu' },
	{ name: 'loop-of-coroutines', outcome: 'cpu' },
	{ name: 'loop-in-generator', outcome: 'cpu' },
	{ name: 'loop-in-metamethod', outcome: 'cpu', ways: 8 },
	{ name: 'loop-in-getter', outcome: 'cpu', ways: 8 },
	{ name: 'loop-in-tostring', outcome: 'cpu', ways: { lua: 3, js: 7 } },
	{ name: 'loop-in-close', outcome: 'cpu' },
	{ name: 'loop-in-sort', outcome: 'cpu' },
	{ name: 'loop-in-gsub', outcome: 'cpu' },
	{ name: 'loop-in-replace', outcome: 'cpu', ways: 6 },
	{ name: 'loop-in-load', outcome: { fengari: 'cpu', wasmoon: 'stopped' } },
	{ name: 'loop-in-eval', outcome: 'cpu', ways: 3 },
	{ name: 'loop-of-host-calls', outcome: 'cpu' },
	{ name: 'loop-of-refused-calls', outcome: 'cpu' },
	{ name: 'tree-of-pcalls', outcome: 'cpu' },
	{ name: 'escape-deadline', outcome: 'cpu' },
	{ name: 'thrown-loops', outcome: 'cpu' },
	{ name: 'thrown-getter-error', outcome: 'cpu' },
	{ name: 'handler-returns-thenable', outcome: 'any' },

	// patterns and regular expressions
	{ name: 'pattern', outcome: 'cpu', ways: 5 },
	{ name: 'pattern-on-megabytes', outcome: 'cpu' },
	{ name: 'regex', outcome: 'cpu', ways: 4 },

	// strings and memory
	{ name: 'string-rep', outcome: 'error' },
	{ name: 'string-rep-empty', outcome: 'cpu' },
	{ name: 'string-repeat', outcome: 'memory' },
	{ name: 'concat', outcome: { wasmoon: 'memory', quickjs: 'memory', 'isolated-vm': 'memory' } },
	{ name: 'concat-small', outcome: { fengari: 'any', wasmoon: 'memory' } },
	{ name: 'format', outcome: 'stopped', ways: 3 },
	{ name: 'tables', outcome: { fengari: 'any', wasmoon: 'memory' } },
	{ name: 'tables-caught', outcome: { fengari: 'any', wasmoon: 'memory' } },
	{ name: 'coroutines', outcome: { fengari: 'any', wasmoon: 'memory' } },
	{ name: 'objects', outcome: 'memory' },
	{ name: 'objects-caught', outcome: 'memory' },
	{ name: 'closures', outcome: 'memory' },
	{ name: 'arrays-filled', outcome: 'memory' },
	{ name: 'big-strings', outcome: { fengari: 'any', wasmoon: 'any' } },
	{ name: 'array-large', outcome: { quickjs: 'memory' } },
	{ name: 'map', outcome: { quickjs: 'memory' } },
	{ name: 'split', outcome: { quickjs: 'memory' } },
	{ name: 'typed-arrays', outcome: 'stopped' },
	{ name: 'fill', outcome: { quickjs: 'stopped' } },

	// functions of the language that work for long
	{ name: 'sort-huge', outcome: 'stopped' },
	{ name: 'table-move', outcome: 'stopped', ways: 8 },
	{ name: 'bigint', outcome: { quickjs: 'error' } },
	{ name: 'bigint-text', outcome: { quickjs: 'error' } },
	{ name: 'json-library', outcome: 'stopped', ways: 8 },
	{ name: 'web-globals', outcome: 'stopped', ways: 10 },

	// depth
	{ name: 'recursion', outcome: 'any' },
	{ name: 'recursion-caught', outcome: 'cpu' },
	{ name: 'recursion-native', outcome: 'any', ways: { lua: 8, js: 10 } },
	{ name: 'nested-source', outcome: 'any', ways: { lua: 11, js: 12 } },
	{ name: 'deep-json', outcome: 'any' },
	{ name: 'deep-json-host', outcome: 'fine' },
	{ name: 'nested-variables', outcome: 'any' },
	{ name: 'names', outcome: 'fine', ways: 5 },
	{ name: 'dates', outcome: 'fine', ways: 3 },
	{ name: 'blanks', outcome: 'fine', ways: 4 },

	// promises
	{ name: 'promise-storm', outcome: 'late' },
	{ name: 'promise-loop', outcome: 'late' },
	{ name: 'promise-rejections', outcome: 'stopped' },
	{ name: 'thenable', outcome: 'cpu' },

	// floods, and what the host keeps
	{ name: 'log-flood', outcome: 'stopped' },
	{ name: 'header-flood', outcome: 'fine' },
	{ name: 'header-flood-endless', outcome: 'stopped' },
	{ name: 'begun', outcome: 'fine', ways: { lua: 4, js: 6 } },
	{ name: 'host-memory', outcome: 'stopped' },
	{ name: 'host-cache', outcome: 'stopped' },
	{ name: 'host-text', outcome: 'cpu' },
	{ name: 'host-transformations', outcome: 'stopped' },

	// errors
	{ name: 'error-object', outcome: 'error' },
	{ name: 'error-proxy', outcome: 'error' },
	{ name: 'error-huge', outcome: 'error' },
	{ name: 'error-fakes-host', outcome: 'error' },
	{ name: 'error-stack-hooks', outcome: 'error' },

	// ways out, and into the next request
	{ name: 'escape-libraries', outcome: 'nothing' },
	{ name: 'escape-files', outcome: 'nothing' },
	{ name: 'escape-globals', outcome: 'nothing' },
	{ name: 'escape-imports', outcome: 'nothing' },
	{ name: 'escape-environment', outcome: 'nothing' },
	{ name: 'inherited-words', outcome: 'fine', ways: 6 },
	{ name: 'poison', outcome: 'fine' },
	{ name: 'poison-async', outcome: 'fine' },
	{ name: 'poison-ksr', outcome: 'fine' },
];

/** A script that an engine does not stop, or not in time. */
export interface Unstopped {
	readonly name: string;
	readonly engine: EngineName;
	/** Why the engine cannot. */
	readonly reason: string;
	/** The way it takes; 1 if it has but one. */
	readonly way?: number;
	/** The process may end by itself, and then nobody says for which request. */
	readonly crashes?: true;
}

/** What only a watchdog outside of the engine's thread can end. */
export const NEEDS_WATCHDOG: readonly Unstopped[] = [
	{
		engine: 'fengari',
		name: 'concat',
		reason: 'one instruction makes a string of any size; memory is not counted',
	},
	{ engine: 'quickjs', name: 'sparse-index', reason: 'indexOf loops in C and does not ask the guard' },
	{
		engine: 'quickjs',
		name: 'sparse-array',
		reason: 'indexOf and reverse loop in C and do not ask the guard',
	},
	{ engine: 'quickjs', name: 'json-of-many', reason: 'JSON.stringify does not ask the guard' },
	{ engine: 'quickjs', name: 'typed-sort', reason: 'the sort of a typed array does not ask the guard' },
	{ engine: 'quickjs', name: 'search', reason: 'indexOf of a string does not ask the guard' },
	{ engine: 'isolated-vm', name: 'sparse-index', reason: 'indexOf loops inside of V8' },
	{ engine: 'isolated-vm', name: 'sparse-array', reason: 'indexOf and reverse loop inside of V8' },
	{ engine: 'isolated-vm', name: 'fill', reason: 'fill loops inside of V8, and takes memory' },
	{ engine: 'isolated-vm', name: 'bigint', reason: 'a multiplication of large integers is not interrupted' },
	{ engine: 'isolated-vm', name: 'bigint-text', reason: 'the digits of a large integer are made in one go' },
	{ engine: 'isolated-vm', name: 'array-large', reason: 'memory in one piece: V8 does not come back' },
	{ engine: 'isolated-vm', name: 'split', crashes: true, reason: 'memory in one piece: V8 ends the process' },
	{
		engine: 'isolated-vm',
		name: 'rejected-getter',
		reason: 'isolated-vm reads the stack outside of any deadline',
	},
];
