/**
 * Cases of the corpus that need what kemihost does not have yet, by name, each with what it waits for. None of them is
 * deleted or loosened; one that begins to pass has to leave this list (run.ts).
 *
 * @module
 */

/** Case name → what it needs. */
export const LATER: Readonly<Record<string, string>> = {
	'script-calls-cfg-route': 'native routes',
};

/** Engine → case → why the engine cannot answer as Kamailio does, and never will. */
export const GAPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	wasmoon: {
		'lua-numbers': 'Lua 5.4 has integers of its own: 10 / 2 prints 5.0',
		'lua-library': 'for the same reason os.difftime(10, 4) prints 6.0',
	},
};
