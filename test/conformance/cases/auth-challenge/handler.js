function ksr_xhttp_event(evname) {
	var rc = KSR.auth.auth_challenge("my realm", Number(KSR.pv.get("$hu").substring(1)));
	KSR.info("returned " + rc + "\n");
}
