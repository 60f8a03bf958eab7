function ksr_xhttp_event(evname)
	local out = KSR.pv.get("$stat(rcv_requests)") .. " " .. KSR.statistics.update_stat("rcv_requests", 5) .. " " .. KSR.pv.get("$stat(rcv_requests)");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
