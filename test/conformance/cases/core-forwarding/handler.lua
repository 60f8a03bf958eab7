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
	out = out .. "KSR.force_rport(): " .. attempt(function() return KSR.force_rport() end) .. "\n";
	out = out .. "KSR.add_local_rport(): " .. attempt(function() return KSR.add_local_rport() end) .. "\n";
	out = out .. "KSR.set_forward_close(): " .. attempt(function() return KSR.set_forward_close() end) .. "\n";
	out = out .. "KSR.set_forward_no_connect(): " .. attempt(function() return KSR.set_forward_no_connect() end) .. "\n";
	out = out .. "KSR.set_advertised_address(\"a\"): " .. attempt(function() return KSR.set_advertised_address("a") end) .. "\n";
	out = out .. "KSR.set_advertised_address(\"\"): " .. attempt(function() return KSR.set_advertised_address("") end) .. "\n";
	out = out .. "KSR.set_advertised_port(\"5060\"): " .. attempt(function() return KSR.set_advertised_port("5060") end) .. "\n";
	out = out .. "KSR.set_advertised_port(\"x\"): " .. attempt(function() return KSR.set_advertised_port("x") end) .. "\n";
	out = out .. "KSR.add_tcp_alias(5060): " .. attempt(function() return KSR.add_tcp_alias(5060) end) .. "\n";
	out = out .. "KSR.add_tcp_alias(0): " .. attempt(function() return KSR.add_tcp_alias(0) end) .. "\n";
	out = out .. "KSR.add_tcp_alias_via(): " .. attempt(function() return KSR.add_tcp_alias_via() end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
