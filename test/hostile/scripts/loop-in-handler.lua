-- Loops for ever in the handler of an error, where Lua lets no hook run.

local function bomb()
	local function loop()
		while true do end
	end
	while true do xpcall(loop, loop) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
