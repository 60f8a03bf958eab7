at_load = tostring(KSR.pv.get("$hu")) .. " " .. tostring(KSR.info("loading\n")) .. " " .. tostring(KSR.is_GET());

function ksr_xhttp_event(evname)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", at_load);
end
