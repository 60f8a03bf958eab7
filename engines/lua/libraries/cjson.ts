/**
 * `cjson` and `cjson.safe`, as the rock lua-cjson has them (2.1.0.x of OpenResty), over the host functions of
 * `engines/lua/cjson/functions.ts`.
 *
 * @module
 */

/** Compiled when first required. Gets the host functions and what Lua has, and gives the two modules. */
export const CJSON = `
local host, base = ...
local decode, encode = host.jsonDecode, host.jsonEncode
local error, floor, pcall, select, tonumber, tostring, type =
	base.error, base.floor, base.pcall, base.select, base.tonumber, base.tostring, base.type
local null, empty_array = host.jsonMarkers()
local array_mt, empty_array_mt = {}, {}
local INT_MAX = 2147483647

local function bad(n, name, what) error("bad argument #" .. n .. " to '" .. name .. "' (" .. what .. ")", 3) end

local function check_count(name, most, count)
	if count > most then bad(most + 1, name, "found too many arguments") end
end

local function flag(name, n, value, now, options)
	if value == nil then return now end
	if type(value) == "boolean" then return options and (value and 1 or 0) or value end
	if value == "on" then return options and 1 or true end
	if value == "off" then return options and 0 or false end
	if options and value == "null" then return 2 end
	if type(value) ~= "string" then bad(n, name, "string expected, got " .. type(value)) end
	bad(n, name, "invalid option '" .. value .. "'")
end

local function integer(name, n, value, now, min, max)
	if value == nil then return now end
	local number = tonumber(value)
	if not number then bad(n, name, "number expected, got " .. type(value)) end
	number = floor(number)
	if number < min or number > max then
		bad(1, name, "expected integer between " .. min .. " and " .. max)
	end
	return number
end

local function new()
	local M = {
		null = null, empty_array = empty_array, array_mt = array_mt, empty_array_mt = empty_array_mt,
		_NAME = "cjson", _VERSION = "2.1.0",
	}
	local sparse_convert, sparse_ratio, sparse_safe = false, 2, 10
	local encode_depth, decode_depth, precision = 1000, 1000, 14
	local invalid_out, invalid_in, keep_buffer = 0, true, true
	local as_object, with_mt, comments, slash, skip, indent = true, false, false, true, false, ""

	function M.decode(...)
		if select("#", ...) ~= 1 then bad(1, "decode", "expected 1 argument") end
		local text = ...
		if type(text) == "number" then text = tostring(text) end
		if type(text) ~= "string" then bad(1, "decode", "string expected, got " .. type(text)) end
		local value, message = decode(text, decode_depth, invalid_in, comments, with_mt and array_mt)
		if value == nil then error(message, 2) end
		return value
	end

	function M.encode(...)
		if select("#", ...) ~= 1 then bad(1, "encode", "expected 1 argument") end
		local text, message = encode((...), array_mt, empty_array_mt, encode_depth, precision, invalid_out,
			sparse_convert, sparse_ratio, sparse_safe, as_object, slash, skip, indent)
		if text == nil then error(message, 2) end
		return text
	end

	function M.encode_sparse_array(...)
		check_count("encode_sparse_array", 3, select("#", ...))
		local convert, ratio, safe = ...
		sparse_convert = flag("encode_sparse_array", 1, convert, sparse_convert)
		sparse_ratio = integer("encode_sparse_array", 2, ratio, sparse_ratio, 0, INT_MAX)
		sparse_safe = integer("encode_sparse_array", 3, safe, sparse_safe, 0, INT_MAX)
		return sparse_convert, sparse_ratio, sparse_safe
	end

	function M.encode_max_depth(...)
		check_count("encode_max_depth", 1, select("#", ...))
		encode_depth = integer("encode_max_depth", 1, (...), encode_depth, 1, INT_MAX)
		return encode_depth
	end
	function M.decode_max_depth(...)
		check_count("decode_max_depth", 1, select("#", ...))
		decode_depth = integer("decode_max_depth", 1, (...), decode_depth, 1, INT_MAX)
		return decode_depth
	end
	function M.encode_number_precision(...)
		check_count("encode_number_precision", 1, select("#", ...))
		precision = integer("encode_number_precision", 1, (...), precision, 1, 16)
		return precision
	end
	function M.encode_invalid_numbers(...)
		check_count("encode_invalid_numbers", 1, select("#", ...))
		invalid_out = flag("encode_invalid_numbers", 1, (...), invalid_out, true)
		if invalid_out == 2 then return "null" end
		return invalid_out == 1
	end
	function M.decode_invalid_numbers(...)
		check_count("decode_invalid_numbers", 1, select("#", ...))
		invalid_in = flag("decode_invalid_numbers", 1, (...), invalid_in)
		return invalid_in
	end
	-- There is no buffer to keep; scripts set it and read it.
	function M.encode_keep_buffer(...)
		check_count("encode_keep_buffer", 1, select("#", ...))
		keep_buffer = flag("encode_keep_buffer", 1, (...), keep_buffer)
		return keep_buffer
	end
	function M.encode_empty_table_as_object(...)
		check_count("encode_empty_table_as_object", 1, select("#", ...))
		as_object = flag("encode_empty_table_as_object", 1, (...), as_object)
		return as_object
	end
	function M.decode_array_with_array_mt(...)
		check_count("decode_array_with_array_mt", 1, select("#", ...))
		with_mt = flag("decode_array_with_array_mt", 1, (...), with_mt)
		return with_mt
	end
	function M.decode_allow_comment(...)
		check_count("decode_allow_comment", 1, select("#", ...))
		comments = flag("decode_allow_comment", 1, (...), comments)
		return comments
	end
	function M.encode_escape_forward_slash(...)
		check_count("encode_escape_forward_slash", 1, select("#", ...))
		slash = flag("encode_escape_forward_slash", 1, (...), slash)
		return slash
	end
	function M.encode_skip_unsupported_value_types(...)
		check_count("encode_skip_unsupported_value_types", 1, select("#", ...))
		skip = flag("encode_skip_unsupported_value_types", 1, (...), skip)
		return skip
	end
	function M.encode_indent(...)
		check_count("encode_indent", 1, select("#", ...))
		local text = ...
		if text ~= nil and type(text) ~= "string" then bad(1, "encode_indent", "string expected, got " .. type(text)) end
		indent = text or indent
		return indent
	end

	M.new = new
	return M
end

local function new_safe()
	local M = new()
	local function safe(name)
		local f = M[name]
		M[name] = function(...)
			if select("#", ...) ~= 1 then bad(1, name, "expected 1 argument") end
			local ok, result = pcall(f, (...))
			if ok then return result end
			return nil, result
		end
	end
	safe("decode")
	safe("encode")
	M.new = new_safe
	return M
end

return { ["cjson"] = new, ["cjson.safe"] = new_safe }
`;
