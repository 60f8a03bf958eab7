-- Has the host transform a text of megabytes, again and again.

local function bomb()
	KSR.pv.sets("$var(a)", string.rep("x", 4000000))
	while true do KSR.pv.get("$(var(a){s.encode.hexa}{s.md5}{s.len})") end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
