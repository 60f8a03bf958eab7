-- Hands long runs of blanks to what takes texts apart.

local blanks = string.rep(" ", 150000)

local ways = {
	function() return KSR.pvx.xavp_params_explode("a" .. blanks .. "\1", "x") end,
	function() return KSR.pvx.xavp_params_explode("a=" .. blanks .. "'", "x") end,
	function() return KSR.pvx.xavp_xparams_explode("a" .. blanks .. "=" .. blanks .. "b c", " ", "x") end,
	function() return KSR.hdr.get("a" .. blanks .. "x") end,
}

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then ways[tonumber(way)]() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
