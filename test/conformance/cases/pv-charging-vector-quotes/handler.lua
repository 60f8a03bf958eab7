local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

local function attempt(call)
	local ok, v = pcall(call);
	if not ok then return "throws" end
	return show(v);
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "KSR.pv.get(\"$pcv(all)\"): " .. attempt(function() return KSR.pv.get("$pcv(all)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$pcv(value)\"): " .. attempt(function() return KSR.pv.get("$pcv(value)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$pcv(genaddr)\"): " .. attempt(function() return KSR.pv.get("$pcv(genaddr)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$pcv(orig)\"): " .. attempt(function() return KSR.pv.get("$pcv(orig)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$pcv(term)\"): " .. attempt(function() return KSR.pv.get("$pcv(term)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$pcv(x)\"): " .. attempt(function() return KSR.pv.get("$pcv(x)") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
