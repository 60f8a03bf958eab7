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
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b\", \"sip:A@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b", "sip:A@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b\", \"sip:A@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b", "sip:A@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b\", \"sip:a@B\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b", "sip:a@B") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b\", \"sip:a@B\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b", "sip:a@B") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b\", \"sips:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b", "sips:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b\", \"sips:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b", "sips:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b\", \"SIP:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b", "SIP:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b\", \"SIP:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b", "SIP:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b:5060\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b:5060", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b:5060\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b:5060", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b:5060\", \"sip:a@b:5061\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b:5060", "sip:a@b:5061") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b:5060\", \"sip:a@b:5061\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b:5060", "sip:a@b:5061") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a:p@b\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a:p@b", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a:p@b\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a:p@b", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a:p@b\", \"sip:a:q@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a:p@b", "sip:a:q@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a:p@b\", \"sip:a:q@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a:p@b", "sip:a:q@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a:p@b\", \"sip:a:p@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a:p@b", "sip:a:p@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a:p@b\", \"sip:a:p@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a:p@b", "sip:a:p@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;x=1\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;x=1", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;x=1\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;x=1", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;x=1\", \"sip:a@b;x=2\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;x=1", "sip:a@b;x=2") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;x=1\", \"sip:a@b;x=2\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;x=1", "sip:a@b;x=2") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;transport=tcp\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;transport=tcp", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;transport=tcp\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;transport=tcp", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=udp\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;transport=tcp", "sip:a@b;transport=udp") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=udp\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;transport=tcp", "sip:a@b;transport=udp") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=TCP\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;transport=tcp", "sip:a@b;transport=TCP") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=TCP\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;transport=tcp", "sip:a@b;transport=TCP") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;user=phone\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;user=phone", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;user=phone\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;user=phone", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;user=phone\", \"sip:a@b;user=ip\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;user=phone", "sip:a@b;user=ip") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;user=phone\", \"sip:a@b;user=ip\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;user=phone", "sip:a@b;user=ip") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;ttl=1\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;ttl=1", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;ttl=1\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;ttl=1", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;maddr=x\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;maddr=x", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;maddr=x\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;maddr=x", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;method=INVITE\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;method=INVITE", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;method=INVITE\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;method=INVITE", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b;lr\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b;lr", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b;lr\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b;lr", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b?h=1\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b?h=1", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b?h=1\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b?h=1", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b?h=1\", \"sip:a@b?h=2\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b?h=1", "sip:a@b?h=2") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b?h=1\", \"sip:a@b?h=2\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b?h=1", "sip:a@b?h=2") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:b\", \"sip:b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:b", "sip:b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:b\", \"sip:b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:b", "sip:b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:b\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:b", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:b\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:b", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"tel:+1\", \"tel:+1\"): " .. attempt(function() return KSR.siputils.cmp_uri("tel:+1", "tel:+1") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"tel:+1\", \"tel:+1\"): " .. attempt(function() return KSR.siputils.cmp_aor("tel:+1", "tel:+1") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"tel:+1\", \"tel:+2\"): " .. attempt(function() return KSR.siputils.cmp_uri("tel:+1", "tel:+2") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"tel:+1\", \"tel:+2\"): " .. attempt(function() return KSR.siputils.cmp_aor("tel:+1", "tel:+2") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"tel:+1\", \"sip:+1@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("tel:+1", "sip:+1@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"tel:+1\", \"sip:+1@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("tel:+1", "sip:+1@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:+1@b;user=phone\", \"tel:+1\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:+1@b;user=phone", "tel:+1") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:+1@b;user=phone\", \"tel:+1\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:+1@b;user=phone", "tel:+1") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b\", \"b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b", "b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b\", \"b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b", "b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"b\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("b", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"b\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("b", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b\", \"a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b", "a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b\", \"a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b", "a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_uri("", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"\", \"sip:a@b\"): " .. attempt(function() return KSR.siputils.cmp_aor("", "sip:a@b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@b\", \"\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@b", "") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@b\", \"\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@b", "") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"urn:service:sos\", \"urn:service:sos\"): " .. attempt(function() return KSR.siputils.cmp_uri("urn:service:sos", "urn:service:sos") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"urn:service:sos\", \"urn:service:sos\"): " .. attempt(function() return KSR.siputils.cmp_aor("urn:service:sos", "urn:service:sos") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a%20@b\", \"sip:a @b\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a%20@b", "sip:a @b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a%20@b\", \"sip:a @b\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a%20@b", "sip:a @b") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@[::1]\", \"sip:a@[::1]\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@[::1]", "sip:a@[::1]") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@[::1]\", \"sip:a@[::1]\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@[::1]", "sip:a@[::1]") end) .. "\n";
	out = out .. "KSR.siputils.cmp_uri(\"sip:a@[::1]\", \"sip:a@[0::1]\"): " .. attempt(function() return KSR.siputils.cmp_uri("sip:a@[::1]", "sip:a@[0::1]") end) .. "\n";
	out = out .. "KSR.siputils.cmp_aor(\"sip:a@[::1]\", \"sip:a@[0::1]\"): " .. attempt(function() return KSR.siputils.cmp_aor("sip:a@[::1]", "sip:a@[0::1]") end) .. "\n";
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
