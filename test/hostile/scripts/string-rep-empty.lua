-- Repeats an empty string more often than there is time.

local function bomb()
	string.rep("", math.huge > 0 and 2 ^ 52 or 0)
	while true do string.rep("", 2 ^ 30) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
