-- Gives the host names of variables that are nested deeply.

local function bomb()
	local function ask(f, ...)
		local ok, message = pcall(f, ...)
		if not ok then KSR.info(string.sub(tostring(message), 1, 100)) end
	end
	for _, n in ipairs({ 100, 10000, 200000 }) do
		ask(KSR.pv.get, string.rep("$(", n) .. "hu" .. string.rep(")", n))
		ask(KSR.pv.get, "$(hu" .. string.rep("{s.len}", n) .. ")")
		ask(KSR.pv.get, "$(hu" .. string.rep("{s.select,", n) .. string.rep("}", n) .. ")")
		ask(KSR.pv.get, string.rep("$avp(", n) .. "x" .. string.rep(")", n))
		ask(KSR.pv.get, string.rep("$_s(", n) .. "x" .. string.rep(")", n))
		ask(KSR.pv.get, "$hdr(" .. string.rep("$hdr(", n) .. "x" .. string.rep(")", n) .. ")")
		ask(KSR.pv.get, "$(avp(x)" .. string.rep("[$avp(i)", n) .. string.rep("]", n) .. ")")
		ask(KSR.pv.get, "$xavp(a" .. string.rep("=>a", n) .. ")")
		ask(KSR.pv.get, "$(hu{re.subst,/" .. string.rep("(", n) .. string.rep(")", n) .. "/x/})")
		ask(KSR.pv.get, "$(hu{re.subst,/(a{1,1000}){1,1000}{1,1000}/x/})")
		ask(KSR.xlog.xinfo, string.rep("$(", n))
		ask(KSR.xlog.xinfo, string.rep("$_s(", n) .. string.rep(")", n))
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
