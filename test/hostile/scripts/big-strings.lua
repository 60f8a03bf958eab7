-- Works on strings of megabytes by operators and functions that take no look at the clock.

local function bomb()
	local s = string.rep("x", 12000000)
	local t = string.rep("x", 11999999) .. "y"
	local n = 0
	for _ = 1, 1000 do
		if s < t then n = n + #string.upper(s) + #string.reverse(s) end
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
