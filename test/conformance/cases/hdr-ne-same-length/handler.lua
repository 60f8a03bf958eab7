function ksr_xhttp_event(evname)
	if KSR.hdr.match_content("X-Role", "ne", "admin", "f") then
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "not an admin");
	else
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "an admin");
	end
end
