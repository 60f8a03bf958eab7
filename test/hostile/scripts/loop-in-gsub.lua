-- Loops for ever in the function that gsub calls, and in the iterator of gmatch.

local function bomb()
	string.gsub("x", "x", function()
		for _ in string.gmatch("x", "x") do
			while true do end
		end
	end)
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
