local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "KSR.siputils.encode_contact('enc', '1.2.3.4'): " .. show(KSR.siputils.encode_contact('enc', '1.2.3.4')) .. "\n";
	out = out .. "KSR.siputils.contact_param_encode('x', 'y'): " .. show(KSR.siputils.contact_param_encode('x', 'y')) .. "\n";
	out = out .. "KSR.siputils.contact_param_decode('x'): " .. show(KSR.siputils.contact_param_decode('x')) .. "\n";
	out = out .. "KSR.siputils.is_user('alice'): " .. show(KSR.siputils.is_user('alice')) .. "\n";
	out = out .. "KSR.siputils.is_user(''): " .. show(KSR.siputils.is_user('')) .. "\n";
	out = out .. "KSR.pv.get('$fti'): " .. show(KSR.pv.get('$fti')) .. "\n";
	out = out .. "KSR.pv.get('$tti'): " .. show(KSR.pv.get('$tti')) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
