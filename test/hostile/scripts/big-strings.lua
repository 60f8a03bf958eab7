-- Compares strings of megabytes: each comparison is one instruction, and the clock is looked at every thousand.

local function bomb()
	local a = string.rep("x", 8000000) .. "y"
	local b = string.rep("x", 8000000) .. "z"
	local n = 0
	for _ = 1, 1000 do
		if a < b then n = n + 1 end
		if a <= b then n = n + 1 end
		if b > a then n = n + 1 end
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
