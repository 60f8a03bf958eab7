-- Loops for ever, and again whenever it is stopped: every error is caught.

local function bomb()
	while true do
		pcall(function()
			while true do end
		end)
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
