-- Doubles a text on the host's side, by variables in a format.

local function bomb()
	KSR.pv.sets("$var(a)", string.rep("x", 1000))
	for _ = 1, 40 do
		KSR.pvx.evalx("$var(a)", "$var(a)$var(a)")
		KSR.xlog.xinfo("$var(a)")
	end
	while true do KSR.pv.get("$(var(a){s.len})") end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
