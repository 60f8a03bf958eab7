/**
 * All strings of an engine share one metatable, across all requests. Scripts cannot reach it, and assigning to
 * `string.upper` does not change the method of the same name. New functions in `string` do become methods, because
 * that is how Lua scripts are written: `function string.starts(s, x) … end`, then `text:starts("/")`.
 *
 * @module
 */

/** Part of the prelude; the last, when the string library has its final functions. */
export const STRING_METATABLE = `
local methods, meta = {}, getmetatable("")
for name, f in next, string do methods[name] = f end
meta.__index = setmetatable(methods, { __index = string })
meta.__metatable = "the metatable of strings is protected"
`;
