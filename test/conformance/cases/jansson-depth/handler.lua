local function nested(n, inner)
	return string.rep("[", n) .. inner .. string.rep("]", n);
end

function ksr_xhttp_event(evname)
	local out = "";
	for i, d in ipairs({ nested(2047, "7"), nested(2048, ""), nested(2048, "7"), nested(2049, ""), nested(5000, "") }) do
		KSR.pv.sets("$var(v)", "-");
		local ret = KSR.jansson.get("", d, "$var(v)");
		out = out .. ret .. " " .. tostring(KSR.pv.get("$var(v)") == d) .. "\n";
	end
	KSR.pv.sets("$var(v)", "-");
	out = out .. KSR.jansson.get(string.rep("[0]", 2047), nested(2047, "7"), "$var(v)") .. " " .. KSR.pv.get("$var(v)") .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
