function ksr_xhttp_event(evname) {
	var req = KSR.pike.pike_check_req();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "req " + req + "\n");
}
