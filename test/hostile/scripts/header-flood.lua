-- Adds header lines to the reply until it is refused, then replies.

local function bomb()
	local line = "X-Flood: " .. string.rep("x", 1000)
	while KSR.hdr.append_to_reply(line) == 1 do end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
