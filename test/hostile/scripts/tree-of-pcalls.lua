-- Branches into pcalls without end; each that fails returns to one that goes on.

local function bomb()
	local function f()
		pcall(f)
		pcall(f)
	end
	while true do f() end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
