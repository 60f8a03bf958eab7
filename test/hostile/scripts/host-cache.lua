-- Asks for ever new names of variables, which the host keeps compiled.

local function bomb()
	local i = 0
	while true do
		i = i + 1
		KSR.pv.get("$avp(n" .. i .. string.rep("x", 10000) .. ")")
		KSR.pv.get("$nothing" .. i .. string.rep("x", 10000))
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
