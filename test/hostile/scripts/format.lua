-- Makes long strings by format and concat.

local function bomb(way)
	local s = string.rep("x", 1000000)
	local list = {}
	for i = 1, 1000 do list[i] = s end
	local ways = {
		function() return string.format(string.rep("%s", 200), (table.unpack or unpack)(list, 1, 200)) end,
		function() return table.concat(list) end, function() return table.concat(list, s) end,
	}
	while true do pcall(ways[way]) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb(tonumber(way)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
