-- Keeps coroutines until memory ends.

local function bomb()
	local t = {}
	while true do
		local co = coroutine.create(function() coroutine.yield() end)
		coroutine.resume(co)
		t[#t + 1] = co
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
