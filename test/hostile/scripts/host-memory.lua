-- Keeps long strings on the host's side, where no engine counts them.

local function bomb()
	local s = string.rep("x", 100000)
	local i = 0
	while true do
		i = i + 1
		KSR.pv.sets("$avp(x)", i .. s)
		KSR.pv.sets("$xavp(a=>b)", i .. s)
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
