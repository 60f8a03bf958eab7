local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "get " .. KSR.uuid.get() .. "\n";
	out = out .. "rget " .. KSR.uuid.rget() .. "\n";
	for i, e in ipairs({ "$uuid(g)", "$uuid(G)", "$uuid(r)", "$uuid(t)", "$uuid(time)", "$uuid(x)", "$uuid($var(x))", "$uuid( t)", "$uuid", "$uuid()", "$(uuid(g)[0])", "$(uuid(r){s.len})" }) do
		out = out .. e .. " " .. show(KSR.pv.get(e)) .. "\n";
	end
	out = out .. tostring(KSR.uuid.get() == KSR.uuid.get()) .. " " .. tostring(KSR.pv.get("$uuid(t)") == KSR.pv.get("$uuid(t)")) .. "\n";
	out = out .. tostring(KSR.pv.sets("$uuid(g)", "x")) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
