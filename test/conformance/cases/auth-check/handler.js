function ksr_xhttp_event(evname) {
	var out = KSR.hdr.get("X-Case") + ": has " + KSR.auth.has_credentials("test")
		+ ", check " + KSR.auth.pv_auth_check("test", "secret", 0, 0)
		+ ", consume " + KSR.auth.consume_credentials();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out + "\n");
}
