-- Spoils what the next request shares with it: the string metatable, libraries, KSR itself as far as it can.

local function bomb()
	local function spoil(f) pcall(f) end
	spoil(function() string.upper = function() return "poisoned" end end)
	spoil(function() getmetatable("").__index = { upper = function() return "poisoned" end } end)
	spoil(function() getmetatable("").__index.upper = function() return "poisoned" end end)
	spoil(function() getmetatable("").__concat = function() return "poisoned" end end)
	spoil(function() getmetatable("").__call = function() return "poisoned" end end)
	spoil(function() rawset(getmetatable(""), "__index", {}) end)
	spoil(function() setmetatable("", { __index = {} }) end)
	spoil(function() getmetatable(print).__call = nil end)
	spoil(function() getmetatable(nil).__index = {} end)
	spoil(function() setmetatable(_G, { __index = function() return "poisoned" end, __newindex = function() end }) end)
	spoil(function() for name in next, string do string[name] = nil end end)
	spoil(function() for name in next, table do table[name] = nil end end)
	spoil(function() for name in next, math do math[name] = nil end end)
	spoil(function() for name in next, coroutine do coroutine[name] = nil end end)
	for _, name in ipairs({ "error", "tostring", "type", "pairs", "ipairs", "next", "select", "setmetatable", "pcall", "require" }) do
		_G[name] = nil
	end
end

function ksr_xhttp_event()
	local url = KSR.pv.get("$hu")
	if url == "/bomb1" then bomb() end
	-- methods of strings are looked up by the metatable, and have to be what they were
	local text = ("fine"):upper():lower() .. ("x"):rep(2) .. #("abc"):sub(2)
	if url == "/error" then local t = nil; t.x = 1 end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", text == "finexx2" and "fine" or text)
end
