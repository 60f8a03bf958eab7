/**
 * The part of the debugger that runs inside a Lua script: an expression, on one line, for the value of `__kh` in
 * each file.
 *
 * @module
 */
import { GUEST_MODULE, oneLine } from './protocol.ts';

/**
 * One table for all files of an engine. What it needs of Lua's library is taken before the script can change it. A frame is a
 * table on the stack of its request; a step of a frame shows that all above it have ended, by an error perhaps.
 */
const SOURCE = `
(rawget(_G, "${GUEST_MODULE}") or (function()
	local host = KSR.${GUEST_MODULE}
	local type, tostring, next, load, pcall, rawset, rawget = type, tostring, next, load, pcall, rawset, rawget
	local setmetatable, select, concat, sort = setmetatable, select, table.concat, table.sort
	local sub, gsub, format, byte, find = string.sub, string.gsub, string.format, string.byte, string.find
	local tonumber, rawequal, floor, G = tonumber, rawequal, math.floor, _G
	local FIELD, RECORD = "\\31", "\\30"
	local LONGEST, MOST = 2000, 1000
	local builtin, stacks, refs = {}, {}, {}
	for name in next, G do builtin[name] = true end

	local escapes = { ["\\n"] = "\\\\n", ["\\r"] = "\\\\r", ["\\t"] = "\\\\t", ["\\""] = "\\\\\\"", ["\\\\"] = "\\\\\\\\" }
	local function escape(c) return escapes[c] or format("\\\\%d", byte(c)) end
	local function quoted(s)
		local cut = #s > LONGEST
		if cut then s = sub(s, 1, LONGEST) end
		return "\\"" .. gsub(s, "[%c\\"\\\\]", escape) .. (cut and "\\"..." or "\\"")
	end
	local function plain(s) return (gsub(s, "[%c]", escape)) end
	local function keyText(k)
		if type(k) == "string" then
			if find(k, "^[%a_][%w_]*$") then return k end
			return "[" .. quoted(k) .. "]"
		end
		if type(k) == "number" or type(k) == "boolean" then return "[" .. tostring(k) .. "]" end
		return "[" .. type(k) .. "]"
	end
	local function short(v)
		local t = type(v)
		if t == "string" then return quoted(v) end
		if t == "nil" or t == "number" or t == "boolean" then return tostring(v) end
		return t == "table" and "{...}" or t
	end
	local function keysOf(t)
		local keys, n = {}, 0
		for i = 1, MOST do
			if rawget(t, i) == nil then break end
			n = n + 1
			keys[n] = i
		end
		local rest, m = {}, 0
		for k in next, t do
			if not (type(k) == "number" and k == floor(k) and k >= 1 and k <= n) then
				m = m + 1
				rest[m] = k
				if m >= MOST then break end
			end
		end
		sort(rest, function(a, b) return keyText(a) < keyText(b) end)
		for i = 1, m do keys[n + i] = rest[i] end
		return keys
	end
	local function preview(t, keys)
		local parts = {}
		for i = 1, #keys do
			if i > 8 then parts[i] = "..." break end
			local k = keys[i]
			parts[i] = (k == i and "" or keyText(k) .. " = ") .. short(rawget(t, k))
		end
		return "{" .. concat(parts, ", ") .. "}"
	end
	local function shown(name, v)
		local t, text, ref = type(v), short(v), 0
		if t == "table" then
			local keys = keysOf(v)
			text = preview(v, keys)
			if #keys > 0 then
				ref = #refs + 1
				refs[ref] = { value = v, keys = keys }
			end
		end
		return plain(name) .. FIELD .. t .. FIELD .. text .. FIELD .. ref
	end

	local function scopeOf(reach)
		return setmetatable({}, {
			__index = function(_, n)
				if reach then
					local found, v = reach(n)
					if found then return v end
				end
				return G[n]
			end,
			__newindex = function(_, n, v)
				if not (reach and reach(n, true, v)) then G[n] = v end
			end,
		})
	end
	local function evaluate(frame, text)
		local scope = scopeOf(frame and frame.reach)
		local f, why = load("return " .. text, "=expression", "t", scope)
		if not f then
			local statement = load(text, "=expression", "t", scope)
			if not statement then return false, why end
			f = statement
		end
		return pcall(f)
	end

	local commands = {}
	function commands.stack(stack)
		local out = { "ok" }
		for i = 1, #stack do
			local frame = stack[i]
			out[i + 1] = plain(frame.name) .. FIELD .. frame.file .. FIELD .. (frame.statement or -1)
		end
		return concat(out, RECORD)
	end
	function commands.variables(stack, level, names)
		local frame, out = stack[tonumber(level)], { "ok" }
		gsub(names, "[^,]+", function(name)
			local found, v
			if frame and frame.reach then found, v = frame.reach(name) end
			if found then out[#out + 1] = shown(name, v) end
		end)
		return concat(out, RECORD)
	end
	function commands.globals()
		local names, out = {}, { "ok" }
		for k in next, G do
			if type(k) == "string" and not builtin[k] and k ~= "${GUEST_MODULE}" then names[#names + 1] = k end
		end
		sort(names)
		for i = 1, #names do out[i + 1] = shown(names[i], rawget(G, names[i])) end
		return concat(out, RECORD)
	end
	function commands.parts(_, ref)
		local of, out = refs[tonumber(ref)], { "ok" }
		if not of then return "error" .. FIELD .. "the value is gone" end
		for i = 1, #of.keys do
			local k = of.keys[i]
			out[i + 1] = shown(k == i and tostring(k) or keyText(k), rawget(of.value, k))
		end
		return concat(out, RECORD)
	end
	local function assigning(frame, text, assign)
		local good, v = evaluate(frame, text)
		if not good then return "error" .. FIELD .. plain(tostring(v)) end
		if assign and not assign(v) then return "error" .. FIELD .. "it cannot be set" end
		return "ok" .. RECORD .. shown("", v)
	end
	function commands.evaluate(stack, level, text)
		return assigning(stack[tonumber(level)], text)
	end
	function commands.set(stack, level, name, text)
		local frame = stack[tonumber(level)]
		return assigning(frame, text, function(v)
			if not frame.reach then return false end
			frame.reach(name, true, v)
			local _, now = frame.reach(name)
			return rawequal(now, v) or v ~= v
		end)
	end
	commands["set-global"] = function(stack, level, name, text)
		return assigning(stack[tonumber(level)], text, function(v) rawset(G, name, v) return true end)
	end
	commands["set-part"] = function(stack, level, ref, part, text)
		local of = refs[tonumber(ref)]
		return assigning(stack[tonumber(level)], text, function(v)
			if not of then return false end
			rawset(of.value, of.keys[tonumber(part)], v)
			return true
		end)
	end

	local function fields(command)
		local out, from = {}, 1
		while true do
			local at = find(command, FIELD, from, true)
			out[#out + 1] = sub(command, from, (at or 0) - 1)
			if not at then return out end
			from = at + 1
		end
	end
	local function obey(stack, command)
		while command do
			local f, height = fields(command), #stack
			local good, answer = pcall(commands[f[1]], stack, f[2], f[3], f[4], f[5])
			for i = #stack, height + 1, -1 do stack[i] = nil end
			command = host.answer(good and answer or "error" .. FIELD .. plain(tostring(answer)))
		end
		if #refs > 0 then refs = {} end
	end
	local function stackOf(key)
		local stack = stacks[key]
		if stack then return stack end
		local gone = host.ended()
		while gone do
			stacks[gone] = nil
			gone = host.ended()
		end
		stack = {}
		stacks[key] = stack
		return stack
	end

	local kh = {}
	function kh.enter(name, file)
		local stack = stackOf(host.request())
		local frame = { name = name, file = file, stack = stack, level = #stack + 1 }
		stack[frame.level] = frame
		return frame
	end
	function kh.step(frame, statement, reach)
		local stack = frame.stack
		frame.statement, frame.reach = statement, reach
		if stack[frame.level] ~= frame then
			frame.level = #stack + 1
			stack[frame.level] = frame
		else
			for i = #stack, frame.level + 1, -1 do stack[i] = nil end
		end
		obey(stack, host.step(frame.file, statement, frame.level))
	end
	function kh.leave(frame, ...)
		local stack = frame.stack
		if stack[frame.level] == frame then
			for i = #stack, frame.level, -1 do stack[i] = nil end
		end
		return ...
	end
	function kh.failed()
		local stack = stackOf(host.request())
		obey(stack, host.failed())
	end
	rawset(G, "${GUEST_MODULE}_failed", kh.failed)
	builtin["${GUEST_MODULE}_failed"] = true
	rawset(G, "${GUEST_MODULE}", kh)
	return kh
end)())
`;

/** What `__kh` is set to. */
export const LUA_GUEST = oneLine(SOURCE);
