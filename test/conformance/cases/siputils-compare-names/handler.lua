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
	out = out .. "KSR.siputils.cmp_hdr_name(\"f\", \"From\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("f", "From") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"From\", \"f\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("From", "f") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"from\", \"FROM\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("from", "FROM") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"a\", \"b\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("a", "b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"X-A\", \"x-a\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("X-A", "x-a") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"X-A\", \"X-B\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("X-A", "X-B") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"X-A\", \"X-AB\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("X-A", "X-AB") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"Host\", \"host\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("Host", "host") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"From:\", \"From\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("From:", "From") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"\", \"\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("", "") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"a\", \"\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("a", "") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"\", \"a\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("", "a") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"c\", \"Content-Type\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("c", "Content-Type") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"From \", \"From\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("From ", "From") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"X-A \", \"X-A\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("X-A ", "X-A") end) .. "\n";
	out = out .. "KSR.siputils.cmp_hdr_name(\"a b\", \"X-A\"): " .. attempt(function() return KSR.siputils.cmp_hdr_name("a b", "X-A") end) .. "\n";
	out = out .. "KSR.siputils.contact_param_rm(\"x\"): " .. attempt(function() return KSR.siputils.contact_param_rm("x") end) .. "\n";
	out = out .. "KSR.siputils.is_first_hop(): " .. attempt(function() return KSR.siputils.is_first_hop() end) .. "\n";
	out = out .. "KSR.siputils.is_first_hop_mode(1): " .. attempt(function() return KSR.siputils.is_first_hop_mode(1) end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
