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
	out = out .. "KSR.setuser(\"x\"): " .. attempt(function() return KSR.setuser("x") end) .. "\n";
	out = out .. "KSR.sethost(\"h\"): " .. attempt(function() return KSR.sethost("h") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.seturi(\"sip:a:b@c:5;p=1?h=2\"): " .. attempt(function() return KSR.seturi("sip:a:b@c:5;p=1?h=2") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.setuser(\"x\"): " .. attempt(function() return KSR.setuser("x") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.sethost(\"h.org\"): " .. attempt(function() return KSR.sethost("h.org") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.setuser(\"\"): " .. attempt(function() return KSR.setuser("") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.setuser(\"z\"): " .. attempt(function() return KSR.setuser("z") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.sethost(\"\"): " .. attempt(function() return KSR.sethost("") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.seturi(\"x\"): " .. attempt(function() return KSR.seturi("x") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.seturi(\"\"): " .. attempt(function() return KSR.seturi("") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.setuser(\"q\"): " .. attempt(function() return KSR.setuser("q") end) .. "\n";
	out = out .. "KSR.pv.get(\"$rU\"): " .. attempt(function() return KSR.pv.get("$rU") end) .. "\n";
	out = out .. "KSR.isdsturiset(): " .. attempt(function() return KSR.isdsturiset() end) .. "\n";
	out = out .. "KSR.setdsturi(\"sip:a@b\"): " .. attempt(function() return KSR.setdsturi("sip:a@b") end) .. "\n";
	out = out .. "KSR.isdsturiset(): " .. attempt(function() return KSR.isdsturiset() end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.resetdsturi(): " .. attempt(function() return KSR.resetdsturi() end) .. "\n";
	out = out .. "KSR.isdsturiset(): " .. attempt(function() return KSR.isdsturiset() end) .. "\n";
	out = out .. "KSR.setdsturi(\"\"): " .. attempt(function() return KSR.setdsturi("") end) .. "\n";
	out = out .. "KSR.isdsturiset(): " .. attempt(function() return KSR.isdsturiset() end) .. "\n";
	out = out .. "KSR.setdsturi(\"x\"): " .. attempt(function() return KSR.setdsturi("x") end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
