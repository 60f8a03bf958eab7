-- Calls a function of the module that the README's program defines.
function ksr_xhttp_event(evname)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.greetings.greet(KSR.pv.get("$si"), 2))
end
