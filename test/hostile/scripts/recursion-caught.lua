-- Calls itself until the stack ends, catches that, and goes on at the end of the stack.

local function bomb()
	local function f()
		pcall(f)
		while true do string.rep("x", 10) end
	end
	f()
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
