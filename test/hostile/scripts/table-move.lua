-- Moves, joins and unpacks ranges of billions that are not there.

local function bomb(way)
	local endless = setmetatable({}, { __len = function() return 2 ^ 30 end })
	local ways = {
		function() table.move({}, 1, 2 ^ 31 - 2, 2) end, function() table.concat(endless) end, function() table.insert(endless, 1, 1) end,
		function() table.remove(endless, 1) end, function() (table.unpack or unpack)({}, 1, 1e8) end, function() table.move({}, 1, 2 ^ 20, 2) end,
		function() table.sort(endless) end, function() table.sort(endless, function() return true end) end,
	}
	while true do pcall(ways[way]) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb(tonumber(way)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
