/**
 * Library functions that a count hook cannot stop, because they loop in native code: each is given a bound, or
 * rewritten in Lua, where the hook sees it.
 *
 * Not here: the pattern functions (`patterns.ts`), and `table.unpack`, which is stopped by Lua's own limit on the
 * stack (a million values).
 *
 * @module
 */

/** Part of the prelude. Calls go through `T.name` and `S.name`, so that messages still hold the function's name. */
export const BOUNDS = `
local max, bounded = host.maxString, host.bounded or {}
local T, S = {}, {}
for name, f in next, table do T[name] = f end
for name, f in next, string do S[name] = f end
local error, getmetatable, tonumber, tostring, type = error, getmetatable, tonumber, tostring, type
local TOO_LARGE = "resulting string too large"

-- Hundreds of calls fit between two looks of the hook at the clock, so calls that may take milliseconds look themselves.
local tick = host.tick or function() end
local select = select

-- An empty string repeated is a loop without an allocation: no limit on memory would stop it.
if not bounded["string.rep"] then
	function string.rep(s, n, sep)
		if type(s) == "number" then s = tostring(s) end
		local count = tonumber(n)
		if type(s) == "string" and count then
			local unit = #s + (type(sep) == "string" and #sep or 0)
			if unit == 0 then return "" end
			local size = unit * 1.0 * count
			if size > max then error(TOO_LARGE, 2) end
			if size > 10000 then tick() end
		end
		return S.rep(s, n, sep)
	end
end

if not bounded["table.concat"] then
	function table.concat(t, sep, i, j)
		if type(t) == "table" then
			local total, gap = 0, type(sep) == "string" and #sep or 0
			for k = tonumber(i) or 1, tonumber(j) or #t do
				local v = t[k]
				if v == nil then break end -- concat itself says what is wrong
				total = total + (type(v) == "string" and #v or 0) + gap
				if total > max then error(TOO_LARGE, 2) end
			end
		end
		return T.concat(t, sep, i, j)
	end
end

-- Lua itself refuses widths and precisions above 99; what makes a result long is the strings that go in.
if not bounded["string.format"] then
	function string.format(format, ...)
		local args, total = T.pack(...), type(format) == "string" and #format or 0
		for k = 1, args.n do
			if type(args[k]) == "string" then total = total + #args[k] end
		end
		if total > max then error(TOO_LARGE, 2) end
		return S.format(format, ...)
	end
end

-- In Lua, since table.move({}, 1, 2^53, 2) would move nils for ever.
function table.move(from, first, last, to, target)
	if target == nil then target = from end
	if type(from) ~= "table" then error("bad argument #1 to 'move' (table expected, got " .. type(from) .. ")", 2) end
	if type(target) ~= "table" then error("bad argument #5 to 'move' (table expected, got " .. type(target) .. ")", 2) end
	if to > last or to <= first or target ~= from then
		for i = 0, last - first do target[to + i] = from[first + i] end
	else
		for i = last - first, 0, -1 do target[to + i] = from[first + i] end
	end
	return target
end

-- insert and remove shift what stands behind a position, and believe the length that a metatable's __len claims.
local LONGEST = 1 << 24
local function check_shift(t)
	if type(t) ~= "table" then return end
	local length = #t
	if type(length) ~= "number" or length <= 1000 then return end
	if length > LONGEST then error("array too big", 3) end
	tick()
end
function table.insert(t, ...)
	if select("#", ...) > 1 then check_shift(t) end
	return T.insert(t, ...)
end
function table.remove(t, ...)
	if select("#", ...) > 0 then check_shift(t) end
	return T.remove(t, ...)
end

-- A long array is sorted with a comparison in Lua, so that the hook has something to count.
local function less(a, b) return a < b end
function table.sort(t, compare)
	if compare == nil and type(t) == "table" then
		local length = #t
		if length > 10000 then compare = less elseif length > 100 then tick() end
	end
	return T.sort(t, compare)
end

-- The hook counts the instructions of each coroutine by itself, from zero. A script that makes coroutines all the time
-- and lets each do little would never come to a hook.
if host.tick then
	local C, made = { create = coroutine.create, wrap = coroutine.wrap }, 0
	local function count()
		made = made + 1
		if made < 50 then return end
		made = 0
		tick()
	end
	function coroutine.create(f)
		count()
		return C.create(f)
	end
	function coroutine.wrap(f)
		count()
		return C.wrap(f)
	end
end

-- A finalizer runs while hooks are off, so a loop in it would never end. In Lua 5.1 tables had no finalizers either:
-- __gc is a field like any other. (Lua looks for it only while setmetatable runs.)
if _VERSION ~= "Lua 5.3" then
	local B, rawget, rawset = { setmetatable = setmetatable }, rawget, rawset
	function setmetatable(t, meta)
		if type(meta) ~= "table" then return B.setmetatable(t, meta) end
		local finalizer = rawget(meta, "__gc")
		if finalizer == nil then return B.setmetatable(t, meta) end
		if type(t) == "table" and getmetatable(t) ~= nil then
			-- may fail for a protected metatable; with nil first, meta stays as it is then
			B.setmetatable(t, nil)
		end
		rawset(meta, "__gc", nil)
		B.setmetatable(t, meta)
		rawset(meta, "__gc", finalizer)
		return t
	end
end
`;
