-- Calls itself until the stack ends.

local function bomb()
	local function f() return 1 + f() end
	f()
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
