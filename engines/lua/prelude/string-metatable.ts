/**
 * All strings of an engine share one metatable, over all requests. Scripts cannot reach it, and the methods of the
 * string library stay what they are whatever is assigned to `string.upper`. New functions in `string` do become
 * methods: `function string.starts(s, x) … end` and then `text:starts("/")` is how Lua scripts are written.
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
