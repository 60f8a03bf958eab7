-- Writes long lines to the log without end, by every way there is.

local function bomb()
	local line = string.rep("log flood ", 100000)
	while true do
		KSR.info(line)
		KSR.xlog.xlog("L_ERR", line)
		print(line)
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
