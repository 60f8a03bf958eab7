function ksr_xhttp_event(evname)
	local rc = KSR.auth.pv_auth_check("http.test", "secret", 0, 0);
	KSR.info(KSR.hdr.get("X-Case") .. " " .. rc .. "\n");
	if rc < 0 then
		KSR.auth.auth_challenge("http.test", 1);
		return;
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "welcome\n");
end
