function ksr_xhttp_event(evname)
	local hu, r = KSR.pv.get("$hu");
	if hu == "/send" then r = KSR.sl.send_reply(404, "Not Found");
	elseif hu == "/sl" then r = KSR.sl.sl_send_reply(202, "Accepted");
	elseif hu == "/hdr" then KSR.hdr.append_to_reply("X-A: 1\r\n"); r = KSR.sl.send_reply(200, "OK");
	else r = KSR.sl.sl_reply_error(); end
	KSR.info("returned " .. tostring(r) .. "\n");
end
