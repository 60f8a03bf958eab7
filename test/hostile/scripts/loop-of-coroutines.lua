-- Makes coroutines for ever; each does too little to be noticed.

local function bomb()
	while true do
		local co = coroutine.wrap(function() coroutine.yield() end)
		co()
		co()
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
