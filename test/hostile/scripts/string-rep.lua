-- Makes strings of a gigabyte by string.rep.

local function bomb()
	local t = {}
	while true do t[#t + 1] = string.rep("x", 1000000000) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
