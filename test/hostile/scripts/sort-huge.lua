-- Sorts a million numbers, again and again.

local function bomb()
	local t = {}
	for i = 1, 1000000 do t[i] = (i * 7919) % 1000003 end
	while true do table.sort(t) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
