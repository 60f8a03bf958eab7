-- Recurs through functions of the library: the native stack is the one that could end.

local function bomb(way)
	local ways = {
		function(f) return (string.gsub("x", "x", function() return f(f) end)) end,
		function(f) return table.sort({ 3, 2, 1 }, function() return f(f) end) end,
		function(f) return coroutine.wrap(function() return f(f) end)() end,
		function(f) return load(function() f(f) end) end,
		function(f) return setmetatable({}, { __index = function() return f(f) end }).x end,
		function(f) return xpcall(f, function() return f(f) end, f) end,
		function(f) return tostring(setmetatable({}, { __tostring = function() return f(f) end })) end,
		function()
			local t = {}
			for i = 1, 100000 do t = setmetatable({}, { __index = t }) end
			return t.x
		end,
	}
	pcall(ways[way], ways[way])
	ways[way](ways[way])
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb(tonumber(way)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
