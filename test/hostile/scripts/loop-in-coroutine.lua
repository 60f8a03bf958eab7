-- Loops for ever in a coroutine that has caught an error before.

local function bomb()
	coroutine.wrap(function()
		pcall(error, "caught")
		coroutine.wrap(function()
			pcall(error, "caught")
			while true do end
		end)()
	end)()
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
