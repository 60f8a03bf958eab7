-- Raises an error with a message of megabytes, in a stack of hundreds.

local function bomb()
	local function f(n)
		if n == 0 then error(string.rep("huge ", 1000000)) end
		return 1 + f(n - 1)
	end
	f(150)
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
