/**
 * `base64`, as the rock of that name has it, over the host functions of `engines/lua/base64.ts`.
 *
 * @module
 */

/** Compiled when first required. Gets the host functions and what Lua has, and gives the module. */
export const BASE64 = `
local host, base = ...
local decode, encode = host.base64Decode, host.base64Encode
local error, tostring, type = base.error, base.tostring, base.type

local function new()
	local M = {}

	-- An alphabet is a table that only encode and decode look into.
	function M.makeencoder(s62, s63, pad)
		return { signs = (s62 or "+") .. (s63 or "/") .. (pad or "=") }
	end
	M.makedecoder = M.makeencoder
	local standard = M.makeencoder()

	local function text_of(name, value)
		if type(value) == "number" then value = tostring(value) end
		if type(value) ~= "string" then
			error("bad argument #1 to '" .. name .. "' (string expected, got " .. type(value) .. ")", 3)
		end
		return value
	end

	function M.encode(bytes, alphabet)
		bytes = text_of("encode", bytes)
		return (encode(bytes, (alphabet or standard).signs))
	end
	function M.decode(text, alphabet)
		text = text_of("decode", text)
		return (decode(text, (alphabet or standard).signs))
	end
	return M
end

return { ["base64"] = new }
`;
