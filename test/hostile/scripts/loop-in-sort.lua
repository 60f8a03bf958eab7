-- Sorts for ever, with comparisons that contradict each other.

local function bomb()
	local t = {}
	for i = 1, 2000 do t[i] = i end
	while true do
		pcall(table.sort, t, function(a, b) return a ~= b end)
		pcall(table.sort, t, function(a, b) return a > b end)
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
