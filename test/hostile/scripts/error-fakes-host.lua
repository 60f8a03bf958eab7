-- Raises errors that look like those of the host.

local function bomb()
	pcall(error, "~~ksr~exit~~")
	error("the CPU limit of 100 ms was reached", 0)
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
