function ksr_xhttp_event(evname)
	local body = KSR.pv.gete("$rb");
	local out = "";
	KSR.pv.sets("$var(v)", "-");
	local ret = KSR.jansson.get("", body, "$var(v)");
	out = tostring(ret) .. " " .. tostring(KSR.pv.get("$var(v)")) .. "\n";
	local i = 0;
	while true do
		KSR.pv.sets("$var(v)", "-");
		if KSR.jansson.get("[" .. i .. "]", body, "$var(v)") ~= 1 then break end
		out = out .. i .. ": " .. tostring(KSR.pv.get("$var(v)")) .. " (" .. type(KSR.pv.get("$var(v)")) .. ")\n";
		i = i + 1;
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
