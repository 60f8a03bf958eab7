local uri, aor = KSR.siputils.cmp_uri, KSR.siputils.cmp_aor

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
	out = out .. "uri(\"sip:a@b\", \"sip:A@b\"): " .. attempt(function() return uri("sip:a@b", "sip:A@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b\", \"sip:A@b\"): " .. attempt(function() return aor("sip:a@b", "sip:A@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b\", \"sip:a@B\"): " .. attempt(function() return uri("sip:a@b", "sip:a@B") end) .. "\n";
	out = out .. "aor(\"sip:a@b\", \"sip:a@B\"): " .. attempt(function() return aor("sip:a@b", "sip:a@B") end) .. "\n";
	out = out .. "uri(\"sip:a@b\", \"sips:a@b\"): " .. attempt(function() return uri("sip:a@b", "sips:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b\", \"sips:a@b\"): " .. attempt(function() return aor("sip:a@b", "sips:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b\", \"SIP:a@b\"): " .. attempt(function() return uri("sip:a@b", "SIP:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b\", \"SIP:a@b\"): " .. attempt(function() return aor("sip:a@b", "SIP:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b:5060\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b:5060", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b:5060\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b:5060", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b:5060\", \"sip:a@b:5061\"): " .. attempt(function() return uri("sip:a@b:5060", "sip:a@b:5061") end) .. "\n";
	out = out .. "aor(\"sip:a@b:5060\", \"sip:a@b:5061\"): " .. attempt(function() return aor("sip:a@b:5060", "sip:a@b:5061") end) .. "\n";
	out = out .. "uri(\"sip:a:p@b\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a:p@b", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a:p@b\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a:p@b", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a:p@b\", \"sip:a:q@b\"): " .. attempt(function() return uri("sip:a:p@b", "sip:a:q@b") end) .. "\n";
	out = out .. "aor(\"sip:a:p@b\", \"sip:a:q@b\"): " .. attempt(function() return aor("sip:a:p@b", "sip:a:q@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b;x=1\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b;x=1", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b;x=1\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b;x=1", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b;x=1\", \"sip:a@b;x=2\"): " .. attempt(function() return uri("sip:a@b;x=1", "sip:a@b;x=2") end) .. "\n";
	out = out .. "aor(\"sip:a@b;x=1\", \"sip:a@b;x=2\"): " .. attempt(function() return aor("sip:a@b;x=1", "sip:a@b;x=2") end) .. "\n";
	out = out .. "uri(\"sip:a@b;transport=tcp\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b;transport=tcp", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b;transport=tcp\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b;transport=tcp", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=udp\"): " .. attempt(function() return uri("sip:a@b;transport=tcp", "sip:a@b;transport=udp") end) .. "\n";
	out = out .. "aor(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=udp\"): " .. attempt(function() return aor("sip:a@b;transport=tcp", "sip:a@b;transport=udp") end) .. "\n";
	out = out .. "uri(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=TCP\"): " .. attempt(function() return uri("sip:a@b;transport=tcp", "sip:a@b;transport=TCP") end) .. "\n";
	out = out .. "aor(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=TCP\"): " .. attempt(function() return aor("sip:a@b;transport=tcp", "sip:a@b;transport=TCP") end) .. "\n";
	out = out .. "uri(\"sip:a@b;user=phone\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b;user=phone", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b;user=phone\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b;user=phone", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b;ttl=1\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b;ttl=1", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b;ttl=1\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b;ttl=1", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b;maddr=x\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b;maddr=x", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b;maddr=x\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b;maddr=x", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b;method=INVITE\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b;method=INVITE", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b;method=INVITE\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b;method=INVITE", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b;lr\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b;lr", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b;lr\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b;lr", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b?h=1\", \"sip:a@b\"): " .. attempt(function() return uri("sip:a@b?h=1", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:a@b?h=1\", \"sip:a@b\"): " .. attempt(function() return aor("sip:a@b?h=1", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b?h=1\", \"sip:a@b?h=2\"): " .. attempt(function() return uri("sip:a@b?h=1", "sip:a@b?h=2") end) .. "\n";
	out = out .. "aor(\"sip:a@b?h=1\", \"sip:a@b?h=2\"): " .. attempt(function() return aor("sip:a@b?h=1", "sip:a@b?h=2") end) .. "\n";
	out = out .. "uri(\"sip:b\", \"sip:a@b\"): " .. attempt(function() return uri("sip:b", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"sip:b\", \"sip:a@b\"): " .. attempt(function() return aor("sip:b", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"tel:+1\", \"tel:+1\"): " .. attempt(function() return uri("tel:+1", "tel:+1") end) .. "\n";
	out = out .. "aor(\"tel:+1\", \"tel:+1\"): " .. attempt(function() return aor("tel:+1", "tel:+1") end) .. "\n";
	out = out .. "uri(\"tel:+1\", \"tel:+2\"): " .. attempt(function() return uri("tel:+1", "tel:+2") end) .. "\n";
	out = out .. "aor(\"tel:+1\", \"tel:+2\"): " .. attempt(function() return aor("tel:+1", "tel:+2") end) .. "\n";
	out = out .. "uri(\"tel:+1\", \"sip:+1@b\"): " .. attempt(function() return uri("tel:+1", "sip:+1@b") end) .. "\n";
	out = out .. "aor(\"tel:+1\", \"sip:+1@b\"): " .. attempt(function() return aor("tel:+1", "sip:+1@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b\", \"b\"): " .. attempt(function() return uri("sip:a@b", "b") end) .. "\n";
	out = out .. "aor(\"sip:a@b\", \"b\"): " .. attempt(function() return aor("sip:a@b", "b") end) .. "\n";
	out = out .. "uri(\"\", \"sip:a@b\"): " .. attempt(function() return uri("", "sip:a@b") end) .. "\n";
	out = out .. "aor(\"\", \"sip:a@b\"): " .. attempt(function() return aor("", "sip:a@b") end) .. "\n";
	out = out .. "uri(\"sip:a@b\", \"\"): " .. attempt(function() return uri("sip:a@b", "") end) .. "\n";
	out = out .. "aor(\"sip:a@b\", \"\"): " .. attempt(function() return aor("sip:a@b", "") end) .. "\n";
	out = out .. "uri(\"sip:a@[::1]\", \"sip:a@[::1]\"): " .. attempt(function() return uri("sip:a@[::1]", "sip:a@[::1]") end) .. "\n";
	out = out .. "aor(\"sip:a@[::1]\", \"sip:a@[::1]\"): " .. attempt(function() return aor("sip:a@[::1]", "sip:a@[::1]") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
