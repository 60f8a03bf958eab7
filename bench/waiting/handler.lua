function ksr_xhttp_event(evname)
	if KSR.pv.get("$hu") == "/plain" then
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "plain\n")
		return
	end
	local code = KSR.http_client.query(KSR.pv.get("$def(UPSTREAM)"), "$var(answer)")
	KSR.xhttp.xhttp_reply(code == 200 and 200 or 502, "Done", "text/plain", KSR.pv.get("$var(answer)") .. "\n")
end
