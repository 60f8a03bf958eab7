function ksr_xhttp_event(evname)
	local out = KSR.hdr.get("X-Case");
	out = out .. " hash " .. KSR.auth.pv_auth_check("test", "d80a40a1155d17efbae0f114ebab987e", 1, 0);
	for _, flags in ipairs({ 2, 4, 8, 12 }) do
		out = out .. "\n" .. flags .. " " .. KSR.auth.pv_auth_check("test", "secret", flags, 0)
			.. " " .. KSR.pv.getw("$avp(digest_challenge)");
	end
	out = out .. "\nfrom " .. KSR.auth.pv_auth_check("test", "secret", 0, 1);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out .. "\n");
end
