-- Keeps long strings in variables that live as long as the child does.

local function bomb()
	local s = string.rep("x", 1000000)
	local i = 0
	while true do
		i = i + 1
		KSR.pv.sets("$var(v" .. (i % 2000) .. ")", i .. s)
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
