/**
 * The prelude: a Lua chunk that turns a bare Lua 5.3 or 5.4 state into the one that scripts see. Both Lua engines run
 * it before anything else, in a state where base, coroutine, table, string, math and utf8 are open and nothing more.
 *
 * It takes one argument, a table of host functions (`host.ts` makes those that are the same in both engines):
 *
 * | field | what it does |
 * |---|---|
 * | `time()` `clock()` | seconds since 1970; seconds of CPU time |
 * | `calendar(t, utc)` `mktime(y, m, d, h, mi, s)` `strftime(format, t, utc)` | dates, see `date.ts` |
 * | `print(text)` | writes a line to the log |
 * | `find(name)` | a module's source and its chunk name (`@lib/x.lua`), or nil |
 * | `library(name)` | the source of a library that comes with the host; nil and what may help where there is none |
 * | `jsonDecode` … `base64Decode` | what those libraries are made of, see `libraries.ts` |
 * | `formatNumber(spec, number)` | a number as C's printf() writes it, or nil if the specification is not one of a number |
 * | `atOnce(name, f)` | optional: a function that does what `string`'s function of that name does, where that is quick, and has f do the rest |
 * | `learn(p, longest)` | beside `atOnce`: how long a subject may be for Lua's own functions to match the pattern p |
 * | `maxString` | how long a string may get that one library call makes |
 * | `bounded` | set of functions that the engine bounds itself: `{ ["table.concat"] = true }` |
 * | `match(s, p, init)` | first and last position (from 1) and captures of a match, or nil, or false and what is wrong with p |
 * | `search(s, text, init)` | first and last position of a text, or nil |
 * | `patternSteps` | how many steps Lua's own matcher may take for one match; 0: `match` does everything |
 * | `tick()` | looks at the deadline, as the hook does |
 * | `waits()` `giveUp()` | whether the last yield was that of a KSR function which waits; takes it back, see `parking.ts` |
 * | `environment(f)` | optional: the value of the function's upvalue `_ENV`, or nil |
 * | `joinEnvironment(f, holder)` | optional: makes `_ENV` of f share the first upvalue of the function holder |
 * | `functionAt(level)` | optional: the function at a level of the stack, 0 being `functionAt` itself |
 * | `stripped` | optional: true if the chunk has come without its debug information |
 *
 * The whole is one function that is dumped without its debug information and loaded again, unless the engine has done so.
 * So no message and no traceback ever names a line of it: an error that a library function raises on its behalf has no
 * position in front, and the engine takes the script's own line from the traceback.
 *
 * @module
 */
import { BASE } from './prelude/base.ts';
import { BOUNDS } from './prelude/bounds.ts';
import { COROUTINES } from './prelude/coroutines.ts';
import { ENVIRONMENTS } from './prelude/environments.ts';
import { LUA51 } from './prelude/lua51.ts';
import { OS } from './prelude/os.ts';
import { PATTERNS } from './prelude/patterns.ts';
import { REQUIRE } from './prelude/require.ts';
import { STRING_METATABLE } from './prelude/string-metatable.ts';

/** Each part is a block of its own. The order matters: bounds come before what is built on the bounded functions. */
const PARTS = [BOUNDS, COROUTINES, PATTERNS, BASE, LUA51, ENVIRONMENTS, OS, REQUIRE, STRING_METATABLE];

/** The chunk. It returns nothing. */
export const PRELUDE = `local function setup(host)
${PARTS.map((part) => `do\n${part}\nend`).join('\n')}
end
local dump, load = string.dump, load
local function stripped(f) return load(dump(f, true), "=kemihost", "b") end
local host = ...
-- For libraries, which come later and are to have no lines either.
function host.compile(code) return stripped(load(code, "=kemihost", "t")) end
string.dump = nil
if not host.stripped then setup = stripped(setup) end
setup(host)
`;
