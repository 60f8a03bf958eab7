/**
 * `string.find`, `match`, `gmatch` and `gsub`, with a bound on the time that one match can take. Lua's own
 * functions do the work if even the worst case for this pattern and subject is cheap; a match that could take long
 * goes through `host.match`, which watches the deadline (`engines/lua/pattern.ts`). Both give the same results.
 *
 * The worst case is estimated like this: a pattern with k places that can choose how far to go (repetitions, `%b`,
 * back references, and the start unless it is anchored) can be placed on a subject of n bytes in (n + k) over k
 * ways.
 *
 * @module
 */

/** Patterns whose limits are kept. */
export const KEPT_PATTERNS = 500;
/** Plain texts are looked for by Lua's own function up to this product of both lengths. */
export const PLAIN_STEPS = 1_000_000;

/** Part of the prelude. An engine that does not have `host.match` keeps Lua's own functions. */
export const PATTERNS = `
if host.match then

local S = {}
for name, f in next, string do S[name] = f end
local error, match, max, search, tonumber, tostring, type =
	error, host.match, host.maxString, host.search, tonumber, tostring, type
local byte, concat, pack, sub, tointeger, unpack =
	string.byte, table.concat, table.pack, string.sub, math.tointeger, table.unpack

-- For each number of choices, how long a subject may be for Lua's own matcher to do it in that many steps.
local STEPS, LONGEST, ANY_LENGTH = host.patternSteps or 100000, {}, 1 << 30
LONGEST[0], LONGEST[1] = ANY_LENGTH, STEPS - 1
for k = 2, 10 do
	local n, ways = 0, 1.0
	while ways * (n + 1 + k) / (n + 1) <= STEPS do
		n = n + 1
		ways = ways * (n + k) / n
	end
	LONGEST[k] = n
end

local limits, known = {}, 0

-- How many places of a pattern can choose. Follows the matcher's own reading: what is escaped or stands in a set is none.
local function choices_in(p)
	local count, at, size = 0, 1, #p
	while at <= size do
		local c = byte(p, at)
		if c == 37 then -- %
			local class = byte(p, at + 1)
			if class == 98 then -- %bxy
				count, at = count + 1, at + 4
			else
				if class == 102 or class and class >= 48 and class <= 57 then count = count + 1 end -- %f, %1
				at = at + 2
			end
		elseif c == 91 then -- [, with a first character that ends no set
			at = at + 1
			if byte(p, at) == 94 then at = at + 1 end
			repeat
				at = at + (byte(p, at) == 37 and 2 or 1)
			until at > size or byte(p, at) == 93
			at = at + 1
		else
			if c == 42 or c == 43 or c == 45 or c == 63 then count = count + 1 end -- * + - ?
			at = at + 1
		end
	end
	return count
end

-- The longest subject for a pattern. In a long pattern all signs are counted, which is too many rather than too few.
local function measure(p)
	if type(p) ~= "string" then return ANY_LENGTH end -- the function itself says what is wrong
	local choices
	if #p <= 1000 then
		choices = choices_in(p)
	else
		local _, repeats = S.gsub(p, "[*+%-?]", "")
		local _, others = S.gsub(p, "%%[bf%d]", "")
		choices = repeats + others
	end
	if sub(p, 1, 1) ~= "^" then choices = choices + 1 end
	local longest = STEPS == 0 and -1 or (LONGEST[choices] or 0) // (1 + #p // 16)
	if #p <= 1000 then
		if known == ${KEPT_PATTERNS} then limits, known = {}, 0 end
		limits[p], known = longest, known + 1
		if host.learn then host.learn(p, longest) end
	end
	return longest
end

-- Where to start, from 1; nil behind the end.
local function start_at(init, length)
	init = tointeger(tonumber(init) or 1) or 1
	if init < 0 then init = length + init + 1 end
	if init < 1 then init = 1 end
	return init <= length + 1 and init or nil
end

-- Positions and captures of a match as a list with n, or nil. Called by library functions, never as a tail call, so
-- that level 3 is the script.
local function bounded(s, p, init)
	local result = pack(match(s, p, init))
	if result[1] == false then error(result[2], 3) end
	return result[1] and result
end

function string.find(s, p, init, plain)
	if type(s) ~= "string" or type(p) ~= "string" then return S.find(s, p, init, plain) end
	if plain then
		if #s * #p <= ${PLAIN_STEPS} then return S.find(s, p, init, true) end
		init = start_at(init, #s)
		if not init then return nil end
		return search(s, p, init)
	end
	if #s <= (limits[p] or measure(p)) then return S.find(s, p, init) end
	init = start_at(init, #s)
	local found = init and bounded(s, p, init)
	if not found then return nil end
	return unpack(found, 1, found.n)
end

function string.match(s, p, init)
	if type(s) ~= "string" or #s <= (limits[p] or measure(p)) then return S.match(s, p, init) end
	init = start_at(init, #s)
	local found = init and bounded(s, p, init)
	if not found then return nil end
	if found.n == 2 then return sub(s, found[1], found[2]) end
	return unpack(found, 3, found.n)
end

function string.gmatch(s, p, init)
	-- Nothing is anchored here: a ^ in front means itself, which measure does not know.
	local anchor = type(p) == "string" and sub(p, 1, 1) == "^"
	if type(s) ~= "string" or not anchor and #s <= (limits[p] or measure(p)) then return S.gmatch(s, p, init) end
	if anchor then p = "%" .. p end
	local at, previous = start_at(init, #s) or #s + 2, -1
	return function()
		while at <= #s + 1 do
			local found = bounded(s, p, at)
			if not found then
				at = #s + 2
				return nil
			end
			local first, last = found[1], found[2]
			-- An empty match right behind the one before it does not count.
			if last ~= previous then
				at, previous = last + 1, last
				if found.n == 2 then return sub(s, first, last) end
				return unpack(found, 3, found.n)
			end
			at = at + 1
		end
		return nil
	end
end

-- What a match is replaced by: a function of its text and captures.
local function replacement(repl)
	local kind = type(repl)
	if kind == "function" then
		return function(text, found)
			if found.n == 2 then return repl(text) end
			return (repl(unpack(found, 3, found.n)))
		end
	end
	if kind == "table" then
		return function(text, found)
			if found.n == 2 then return repl[text] end
			return repl[found[3]]
		end
	end
	if kind ~= "string" and kind ~= "number" then
		error("bad argument #3 to 'gsub' (string/function/table expected, got " .. kind .. ")", 3)
	end
	repl = tostring(repl)
	if not S.find(repl, "%", 1, true) then
		return function() return repl end
	end
	return function(text, found)
		return (S.gsub(repl, "%%(.?)", function(sign)
			if sign == "%" then return "%" end
			if sign == "0" then return text end
			local index = tonumber(sign)
			if not index then error("invalid use of '%' in replacement string", 4) end
			if index == 1 and found.n == 2 then return text end
			if index > found.n - 2 then error("invalid capture index %" .. sign, 4) end
			return tostring(found[index + 2])
		end))
	end
end

function string.gsub(s, p, repl, limit)
	if type(s) ~= "string" or #s <= (limits[p] or measure(p)) then return S.gsub(s, p, repl, limit) end
	local replace, once = replacement(repl), sub(p, 1, 1) == "^"
	local most = limit == nil and #s + 1 or tointeger(tonumber(limit)) or 0
	local pieces, size, count, at, previous = {}, 0, 0, 1, -1
	local function add(piece)
		size = size + #piece
		if size > max then error("resulting string too large", 3) end
		pieces[#pieces + 1] = piece
	end
	local copied = 1 -- what of s comes next into the result
	while count < most and at <= #s + 1 do
		local found = bounded(s, p, at)
		if not found then break end
		local first, last = found[1], found[2]
		if last == previous then
			at = at + 1
		else
			local text = sub(s, first, last)
			local value = replace(text, found)
			if not value then
				value = text
			elseif type(value) ~= "string" and type(value) ~= "number" then
				error("invalid replacement value (a " .. type(value) .. ")", 2)
			end
			add(sub(s, copied, first - 1))
			add(tostring(value))
			count, at, copied, previous = count + 1, last + 1, last + 1, last
		end
		if once then break end
	end
	add(sub(s, copied))
	return concat(pieces), count
end

if host.atOnce then
	for _, name in next, { "find", "gmatch", "gsub", "match" } do string[name] = host.atOnce(name, string[name]) end
end

end
`;
