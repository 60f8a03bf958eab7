function ksr_xhttp_event(evname) {
	KSR.info("returned " + KSR.jsonrpcs.dispatch());
}
