/**
 * Functions of Lua 5.1 that newer Lua dropped and scripts for Kamailio use. `module` is not provided.
 *
 * @module
 */

/** Part of the prelude. */
export const LUA51 = String.raw`
local error, next, tostring, type = error, next, tostring, type

unpack = table.unpack

local load = load
function loadstring(code, name)
	if type(code) ~= "string" then
		error("bad argument #1 to 'loadstring' (string expected, got " .. type(code) .. ")", 2)
	end
	return load(code, name or code)
end

function table.getn(t) return #t end
function table.setn() error("'setn' is obsolete", 2) end

-- Kamailio's own, which says how its functions are called.
KSRVERSION = "2.0"

local collect = collectgarbage
function gcinfo() return collect("count") end

function table.maxn(t)
	local max = 0
	for key in next, t do
		if type(key) == "number" and key > max then max = key end
	end
	return max
end

function table.foreach(t, f)
	for key, value in next, t do
		local result = f(key, value)
		if result ~= nil then return result end
	end
end

function table.foreachi(t, f)
	for i = 1, #t do
		local result = f(i, t[i])
		if result ~= nil then return result end
	end
end

string.gfind = string.gmatch

-- In 5.1 %d cuts a fraction off, takes numbers of any size, and has %u beside it. Newer Lua refuses what is no integer
-- to it; such calls are put into words that it takes.
local abs, find, format, gsub, select, tointeger, tonumber, unpack =
	math.abs, string.find, string.format, string.gsub, select, math.tointeger, tonumber, table.unpack

local formatNumber = host.formatNumber

local function cut(value)
	local number = tonumber(value)
	if not number or number ~= number then return value end
	local whole = number >= 0 and math.floor(number) or -math.floor(-number)
	return tointeger(whole) or whole
end

-- A text as Lua reads it, in the form of 5.1. Newer Lua writes numbers without quotes, and line feeds otherwise.
local QUOTED = { ["\0"] = "\\000", ["\n"] = "\\\n", ["\r"] = "\\r", ['"'] = '\\"', ["\\"] = "\\\\" }
local function quoted(value) return '"' .. gsub(tostring(value), '[%z\n\r"\\]', QUOTED) .. '"' end

local function format51(text, ...)
	local args, n = { ... }, 0
	local adapted = gsub(text, "%%([-+ #0]*%d*%.?%d*)(.)", function(flags, conversion)
		if conversion == "%" then return nil end
		n = n + 1
		-- fengari knows few of these forms
		if find(conversion, "[eEfgGoxX]") then
			local number = tonumber(args[n])
			local isSafe = number and (find(conversion, "[eEfgG]") or abs(number) < 2 ^ 53)
			local written = isSafe and formatNumber(flags .. conversion, number)
			if written then
				args[n] = written
				return "%s"
			end
		end
		local kind = type(args[n])
		if conversion == "q" and (kind == "number" or kind == "string") then
			args[n] = quoted(args[n])
			return "%s"
		end
		if not find(conversion, "[diuoxXc]") then return nil end
		args[n] = cut(args[n])
		if not find(conversion, "[diu]") then return nil end
		if type(args[n]) ~= "number" or tointeger(args[n]) then return "%" .. flags .. "d" end
		return "%" .. gsub(flags, "%..*", "") .. ".0f"
	end)
	return format(adapted, unpack(args, 1, select("#", ...)))
end

function string.format(text, ...)
	local adapt = type(text) == "string" and find(text, "%%[-+ #0-9.]*[quoxXeEfgG]")
	for i = 1, select("#", ...) do
		local value = select(i, ...)
		if type(value) == "number" and not tointeger(value) then adapt = true end
	end
	if adapt then return format51(text, ...) end
	return format(text, ...)
end

if host.atOnce then string.format = host.atOnce("format", string.format) end

local exp, floor, huge, log = math.exp, math.floor, math.huge, math.log
math.mod = math.fmod
math.atan2 = math.atan
function math.pow(x, y) return x ^ y end
function math.log10(x) return log(x, 10) end
function math.cosh(x) return (exp(x) + exp(-x)) / 2 end
function math.sinh(x) return (exp(x) - exp(-x)) / 2 end
function math.tanh(x)
	if x > 20 then return 1.0 elseif x < -20 then return -1.0 end
	local up, down = exp(x), exp(-x)
	return (up - down) / (up + down)
end
-- In two steps, since 2^e alone overflows or vanishes where m * 2^e does not.
function math.ldexp(m, e)
	local half = e // 2
	return m * 2.0 ^ half * 2.0 ^ (e - half)
end
function math.frexp(x)
	if x == 0 or x ~= x or abs(x) == huge then return x + 0.0, 0 end
	local e = floor(log(abs(x), 2)) + 1
	local m = math.ldexp(x, -e)
	if abs(m) >= 1 then m, e = m / 2, e + 1 elseif abs(m) < 0.5 then m, e = m * 2, e - 1 end
	return m, e
end

-- Where scripts stand, and nothing else of the debug library: it would open the host. A position is what error() puts in
-- front of a message; functions of the host and of the prelude have none.
local match, pcall, tostring, type = string.match, pcall, tostring, type
local DEEPEST = 60

local function positions()
	local found = {}
	for level = 2, DEEPEST do
		local _, position = pcall(error, "", level)
		local file, line = match(tostring(position), "^(.-):(%d+): ?$")
		if file then found[#found + 1] = { file, tonumber(line) } end
	end
	return found
end

debug = {}

function debug.traceback(message, level)
	if message ~= nil and type(message) ~= "string" and type(message) ~= "number" then return message end
	local text = message and message .. "\n" or ""
	local found = positions()
	text = text .. "stack traceback:"
	for i = type(level) == "number" and level > 0 and level or 1, #found do
		text = text .. "\n\t" .. found[i][1] .. ":" .. found[i][2] .. ":"
	end
	return text
end

function debug.getinfo(level)
	if type(level) == "function" then
		return { what = "Lua", source = "=?", short_src = "?", currentline = -1, linedefined = -1, func = level }
	end
	local found = type(level) == "number" and positions()[level < 1 and 1 or level]
	if not found then return nil end
	return { what = "Lua", source = "@" .. found[1], short_src = found[1], currentline = found[2], linedefined = -1 }
end
`;
