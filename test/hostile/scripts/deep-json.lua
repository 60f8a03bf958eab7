-- Gives the host JSON that is nested two hundred thousand deep.

local function bomb()
	local text = string.rep("[", 200000)
	for _, json in ipairs({ text .. string.rep("]", 200000), string.rep('{"a":', 100000) .. "1" .. string.rep("}", 100000) }) do
		if KSR.jansson then
			KSR.jansson.get("a", json, "$var(found)")
			KSR.jansson.get(string.rep("[0]", 10000), json, "$var(found)")
			KSR.jansson.get(string.rep("a.", 10000), json, "$var(found)")
		end
		if KSR.json then
			KSR.json.get_field(json, "a", "$var(found)")
		end
		KSR.pv.sets("$var(json)", json)
		KSR.pv.get("$(var(json){json.parse,a})")
	end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
