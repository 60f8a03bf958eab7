function ksr_xhttp_event(evname)
	local rc = KSR.auth.auth_challenge("my realm", tonumber(string.sub(KSR.pv.get("$hu"), 2)));
	KSR.info("returned " .. rc .. "\n");
end
