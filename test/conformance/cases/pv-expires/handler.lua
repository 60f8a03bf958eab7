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
	out = out .. "KSR.pv.get(\"$expires(min)\"): " .. attempt(function() return KSR.pv.get("$expires(min)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$expires(max)\"): " .. attempt(function() return KSR.pv.get("$expires(max)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$expires(x)\"): " .. attempt(function() return KSR.pv.get("$expires(x)") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
