-- The reply handler of the xhttp module's README, with its log call.
function ksr_xhttp_event(evname)
	KSR.info("===== xhttp module triggered event: " .. evname .. "\n")
	KSR.xhttp.xhttp_reply(200, "OK", "text/html",
		"<html><body>OK - [" .. KSR.pv.get("$si") .. ":" .. KSR.pv.get("$sp") .. "]</body></html>")
	return 1
end
