-- Has dates written in formats of megabytes.

local long = string.rep("%c", 4000000)

local ways = {
	function() os.date(long) end,
	function()
		KSR.pv.sets("$var(format)", long)
		KSR.pv.get("$(Ts{s.ftime,$var(format)})")
	end,
	function() KSR.pv.get("$timef(" .. long .. ")") end,
}

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then pcall(ways[tonumber(way)]) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
