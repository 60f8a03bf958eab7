function ksr_xhttp_event()
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", tostring(KSR.pv.get("$tcp(conid)") == KSR.pv.get("$conid")))
end

function ksr_tcp_event(name)
	KSR.info(name .. " " .. KSR.pv.gete("$si") .. " " .. KSR.pv.gete("$rm"))
end
