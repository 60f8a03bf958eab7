function ksr_xhttp_event(evname)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.slow.greet(KSR.pv.get("$si")))
end
