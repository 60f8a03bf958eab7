-- Matches simple patterns on long strings, which takes time in each step.

local function bomb()
	local text = string.rep("a", 1000000)
	while true do
		string.find(text, "a.-b")
		string.gsub(text, "", "x")
		string.find(text, "%f[b]b")
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
