-- Matches patterns that backtrack for ages.

local function bomb(way)
	local text = string.rep("a", 40)
	local pattern = string.rep("a*", 40) .. "b"
	local ways = {
		function() return string.find(text, pattern) end, function() return string.match(text, pattern) end,
		function() return string.gmatch(text, pattern)() end, function() return string.gsub(text, pattern, "") end,
		function() return string.find(text, string.rep("a-", 40) .. "b") end,
	}
	ways[way]()
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb(tonumber(way)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
