-- Adds header lines to the reply, whether they are refused or not.

local function bomb()
	local line = "X-Flood: " .. string.rep("x", 100000)
	while true do KSR.hdr.append_to_reply(line) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
