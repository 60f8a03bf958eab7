-- Spoils KSR for the next request. A script may do that to itself; the host must answer all the same.

local reply = KSR.xhttp.xhttp_reply
local get = KSR.pv.get

function ksr_xhttp_event()
	if get("$hu") == "/bomb1" then
		KSR.xhttp.xhttp_reply = error
		for name in next, KSR do KSR[name] = nil end
		pcall(setmetatable, KSR, { __index = error })
		KSR = nil
	end
	reply(200, "OK", "text/plain", "fine")
end
