-- Loops for ever in metamethods, each reached in another way.

local function bomb(way)
	local function loop()
		while true do end
	end
	local t = setmetatable({}, {
		__index = loop, __newindex = loop, __call = loop, __add = loop, __concat = loop,
		__eq = loop, __lt = loop, __len = loop, __unm = loop,
	})
	local ways = {
		function() return t.x end, function() t.x = 1 end, function() t() end, function() return t + 1 end,
		function() return t .. "" end, function() return t < t end, function() return #t end, function() return -t end,
	}
	ways[way]()
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb(tonumber(way)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
