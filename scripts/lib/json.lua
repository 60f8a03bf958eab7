-- JSON for handlers: decode(text), encode(value), and array(table) for tables that may be empty.

local json = {}

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }
local UNESCAPES = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }
local MAX_DEPTH = 100

local array_mark = {}

-- Marks a table as a JSON array, also where it is empty.
function json.array(t)
	return setmetatable(t, array_mark)
end

local function quote(text)
	return '"' .. string.gsub(text, '[%c"\\]', function(c)
		return ESCAPES[c] or string.format("\\u%04x", string.byte(c))
	end) .. '"'
end

local function is_array(t)
	return getmetatable(t) == array_mark or #t > 0
end

-- The JSON text of a value: nil, boolean, number, string, or a table of them.
function json.encode(value, depth)
	depth = depth or 0
	if depth > MAX_DEPTH then
		error("the value is nested too deeply")
	end
	local kind = type(value)
	if kind == "string" then
		return quote(value)
	elseif kind == "number" or kind == "boolean" then
		return tostring(value)
	elseif kind == "nil" then
		return "null"
	elseif kind ~= "table" then
		error("a " .. kind .. " has no JSON form")
	end
	local parts = {}
	if is_array(value) then
		for i = 1, #value do
			parts[i] = json.encode(value[i], depth + 1)
		end
		return "[" .. table.concat(parts, ",") .. "]"
	end
	local keys = {}
	for key in pairs(value) do
		keys[#keys + 1] = tostring(key)
	end
	table.sort(keys)
	for i, key in ipairs(keys) do
		parts[i] = quote(key) .. ":" .. json.encode(value[key], depth + 1)
	end
	return "{" .. table.concat(parts, ",") .. "}"
end

local function utf8_char(code)
	if code < 0x80 then
		return string.char(code)
	elseif code < 0x800 then
		return string.char(0xC0 + math.floor(code / 64), 0x80 + code % 64)
	elseif code < 0x10000 then
		return string.char(0xE0 + math.floor(code / 4096), 0x80 + math.floor(code / 64) % 64, 0x80 + code % 64)
	end
	return string.char(0xF0 + math.floor(code / 262144), 0x80 + math.floor(code / 4096) % 64,
		0x80 + math.floor(code / 64) % 64, 0x80 + code % 64)
end

-- The value of a JSON text. Raises an error where the text is not JSON.
function json.decode(text)
	local at = 1

	local function fail(what)
		error(what .. " at character " .. at)
	end

	local function skip_blanks()
		at = string.find(text, "[^ \t\r\n]", at) or #text + 1
	end

	local function expect(literal, value)
		if string.sub(text, at, at + #literal - 1) ~= literal then
			fail("no JSON value")
		end
		at = at + #literal
		return value
	end

	local function hex4()
		local digits = string.match(text, "^%x%x%x%x", at)
		if not digits then
			fail("a bad \\u escape")
		end
		at = at + 4
		return tonumber(digits, 16)
	end

	local function escape()
		local c = string.sub(text, at, at)
		at = at + 1
		if c ~= "u" then
			return UNESCAPES[c] or (string.find('"\\/', c, 1, true) and c ~= "" and c) or fail("a bad escape")
		end
		local code = hex4()
		if code >= 0xD800 and code < 0xDC00 and string.sub(text, at, at + 1) == "\\u" then
			at = at + 2
			code = 0x10000 + (code - 0xD800) * 1024 + (hex4() - 0xDC00)
		end
		return utf8_char(code)
	end

	local function string_value()
		local parts = {}
		at = at + 1
		while true do
			local stop = string.find(text, '[%c"\\]', at) or fail("an open string")
			parts[#parts + 1] = string.sub(text, at, stop - 1)
			local c = string.sub(text, stop, stop)
			at = stop + 1
			if c == '"' then
				return table.concat(parts)
			elseif c == "\\" then
				parts[#parts + 1] = escape()
			else
				fail("a control character in a string")
			end
		end
	end

	local value

	local function members(close, depth, read)
		at = at + 1
		skip_blanks()
		if string.sub(text, at, at) == close then
			at = at + 1
			return
		end
		while true do
			skip_blanks()
			read(depth)
			skip_blanks()
			local c = string.sub(text, at, at)
			at = at + 1
			if c == close then
				return
			elseif c ~= "," then
				fail("a comma or " .. close .. " is expected")
			end
		end
	end

	value = function(depth)
		if depth > MAX_DEPTH then
			fail("nested too deeply")
		end
		skip_blanks()
		local c = string.sub(text, at, at)
		if c == "{" then
			local object = {}
			members("}", depth, function()
				if string.sub(text, at, at) ~= '"' then
					fail("a name is expected")
				end
				local name = string_value()
				skip_blanks()
				expect(":")
				object[name] = value(depth + 1)
			end)
			return object
		elseif c == "[" then
			local list = json.array({})
			local n = 0
			members("]", depth, function()
				n = n + 1
				list[n] = value(depth + 1)
			end)
			return list
		elseif c == '"' then
			return string_value()
		elseif c == "t" then
			return expect("true", true)
		elseif c == "f" then
			return expect("false", false)
		elseif c == "n" then
			return expect("null", nil)
		end
		local number = string.match(text, "^-?%d+%.?%d*[eE]?[+-]?%d*", at)
		if not number or not tonumber(number) then
			fail("no JSON value")
		end
		at = at + #number
		return tonumber(number)
	end

	local result = value(0)
	skip_blanks()
	if at <= #text then
		fail("text behind the value")
	end
	return result
end

return json
