var at_load = KSR.pv.get("$hu") + " " + KSR.info("loading\n") + " " + KSR.is_GET();

function ksr_xhttp_event(evname) {
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", at_load);
}
