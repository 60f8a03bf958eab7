-- Loops for ever while a value is made into text: by tostring, by print, by the report of an error.

local function bomb(way)
	local t = setmetatable({}, { __tostring = function() while true do end end, __name = "loop" })
	local ways = {
		function() return tostring(t) end, function() print(t) end, function() return string.format("%s", t) end,
	}
	ways[way]()
	t()
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb(tonumber(way)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
