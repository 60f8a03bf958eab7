-- Makes tables until memory ends, and catches that.

local function bomb()
	local t = {}
	local function grow()
		while true do t[#t + 1] = { {}, { {} } } end
	end
	while true do pcall(grow) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
