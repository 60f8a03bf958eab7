function ksr_xhttp_event(evname)
	local path = KSR.pv.get("$hu");
	if path == "/empty" then
		local first = KSR.textops.set_reply_body("", "text/plain");
		local second = KSR.textops.set_reply_body("body", "");
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", first .. " " .. second);
		return;
	end
	KSR.hdr.append_to_reply("X-First: " .. KSR.textops.set_reply_body("set before", "text/x-set") .. "\r\n");
	if path == "/sl" then
		KSR.sl.send_reply(202, "Accepted");
	elseif path == "/both" then
		KSR.hdr.append_to_reply("X-Second: " .. KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "given later") .. "\r\n");
		KSR.xhttp.xhttp_reply(200, "OK", "", "");
	else
		KSR.xhttp.xhttp_reply(200, "OK", "", "");
	end
end
