-- Answers 10/2, which the Lua versions print differently.
function ksr_xhttp_event(evname)
	KSR.info("called from " .. KSR.pv.get("$si"))
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "half of ten is " .. 10 / 2)
end
