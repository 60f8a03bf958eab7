/**
 * The base library as scripts see it: no access to files, no bytecode, no control over the garbage collector;
 * `print` writes to the log.
 *
 * @module
 */

/** Part of the prelude. */
export const BASE = String.raw`
-- Files of the host, and what only Lua 5.4 has and would write to stderr.
dofile, loadfile, newproxy, warn = nil, nil, nil, nil

-- Scripts call these as a hint to the collector. A full collection takes long where the heap is full, and the hook
-- cannot stop it, so only counting does something.
local collect, pcall = collectgarbage, pcall
local HARMLESS = {
	collect = 0, step = true, stop = 0, restart = 0, isrunning = true,
	setpause = 200, setstepmul = 100, incremental = "incremental", generational = "incremental",
}
function collectgarbage(option)
	if option == "count" then
		local ok, kilobytes = pcall(collect, "count")
		return ok and kilobytes or 0 -- fengari cannot tell
	end
	if option == nil then return 0 end
	local answer = HARMLESS[option]
	if answer == nil then
		error("bad argument #1 to 'collectgarbage' (invalid option '" .. tostring(option) .. "')", 2)
	end
	return answer
end

local concat, pack, tostring = table.concat, table.pack, tostring
local print_line = host.print
function print(...)
	local texts = pack(...)
	for i = 1, texts.n do texts[i] = tostring(texts[i]) end
	print_line(concat(texts, "\t", 1, texts.n))
end

-- Source text only: bytecode can be made to read and write memory at will. A function that gives the source in pieces
-- is asked for all of them first, so that no script code runs inside the compiler.
local B = { load = load }
local error, find, max, pcall, type = error, string.find, host.maxString, pcall, type
function load(chunk, name, mode, ...)
	if type(mode) == "string" and not find(mode, "t", 1, true) then
		return nil, "attempt to load a text chunk (mode is '" .. mode .. "')"
	end
	if type(chunk) == "function" then
		local pieces, count, length = {}, 0, 0
		while true do
			local ok, piece = pcall(chunk)
			if not ok then return nil, piece end
			if piece == nil or piece == "" then break end
			if type(piece) ~= "string" then return nil, "reader function must return a string" end
			count, length = count + 1, length + #piece
			if length > max then return nil, "chunk too large" end
			pieces[count] = piece
		end
		chunk, name = concat(pieces), name or "=(load)"
	elseif type(chunk) ~= "string" then
		error("bad argument #1 to 'load' (function expected, got " .. type(chunk) .. ")", 2)
	end
	return B.load(chunk, name, "t", ...)
end
`;
