-- Asks for variables and transformations whose names are megabytes of text.

local ways = {
	function(long) return KSR.pv.get("$" .. long) end,
	function(long) return KSR.pv.get("$(hu{" .. string.sub(long, 1, 60000) .. "})") end,
	function(long) return KSR.pv.get("$(hu{s." .. long .. "})") end,
	function(long) return KSR.pv.get("$(hu" .. string.rep("{s.len}", 1000000) .. ")") end,
	function(long) return KSR.xlog.xinfo("$avp(" .. long .. ")") end,
}

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then ways[tonumber(way)](string.rep("x", 12000000)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
