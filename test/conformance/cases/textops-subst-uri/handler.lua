local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "KSR.textops.subst_uri('/zzz/b/'): " .. show(KSR.textops.subst_uri('/zzz/b/')) .. "\n";
	out = out .. "KSR.textops.subst_uri(''): " .. show(KSR.textops.subst_uri('')) .. "\n";
	out = out .. "KSR.textops.subst_uri('bad'): " .. show(KSR.textops.subst_uri('bad')) .. "\n";
	out = out .. "KSR.textops.subst_user('/alice/bob/'): " .. show(KSR.textops.subst_user('/alice/bob/')) .. "\n";
	out = out .. "KSR.pv.sets('$ru', 'sip:alice@example.com'): " .. show(KSR.pv.sets('$ru', 'sip:alice@example.com')) .. "\n";
	out = out .. "KSR.textops.subst_user('/alice/bob/'): " .. show(KSR.textops.subst_user('/alice/bob/')) .. "\n";
	out = out .. "KSR.pv.get('$ru'): " .. show(KSR.pv.get('$ru')) .. "\n";
	out = out .. "KSR.textops.subst_user('/zzz/b/'): " .. show(KSR.textops.subst_user('/zzz/b/')) .. "\n";
	out = out .. "KSR.textops.subst_uri('/example/test/'): " .. show(KSR.textops.subst_uri('/example/test/')) .. "\n";
	out = out .. "KSR.pv.get('$ru'): " .. show(KSR.pv.get('$ru')) .. "\n";
	out = out .. "KSR.textops.subst_uri('/EXAMPLE|TEST/x/i'): " .. show(KSR.textops.subst_uri('/EXAMPLE|TEST/x/i')) .. "\n";
	out = out .. "KSR.pv.get('$ru'): " .. show(KSR.pv.get('$ru')) .. "\n";
	out = out .. "KSR.textops.subst_user('/bob//'): " .. show(KSR.textops.subst_user('/bob//')) .. "\n";
	out = out .. "KSR.pv.get('$ru'): " .. show(KSR.pv.get('$ru')) .. "\n";
	out = out .. "KSR.textops.subst_uri('/sip:(.*)/sip:y@\\\\1/'): " .. show(KSR.textops.subst_uri('/sip:(.*)/sip:y@\\1/')) .. "\n";
	out = out .. "KSR.pv.get('$ru'): " .. show(KSR.pv.get('$ru')) .. "\n";
	out = out .. "KSR.pv.get('$hu'): " .. show(KSR.pv.get('$hu')) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
