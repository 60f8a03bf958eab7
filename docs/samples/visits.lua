-- Counts visits, in all children and in all hosts that share a store.

function ksr_xhttp_event(evname)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "visit " .. KSR.pv.get("$shvinc(visits)") .. "\n")
end
