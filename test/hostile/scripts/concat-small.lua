-- Keeps many strings of a few kilobytes each.

local function bomb()
	local t = {}
	while true do t[#t + 1] = #t .. string.rep("x", 5000) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
