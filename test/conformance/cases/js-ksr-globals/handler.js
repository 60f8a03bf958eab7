function ksr_xhttp_event(evname) {
	var out = typeof KSR_hdr + " " + (KSR_hdr === KSR.hdr) + " " + KSR_pv.get("$rm") + " " + typeof KSR_nosuch;
	KSR_xhttp.xhttp_reply(200, "OK", "text/plain", out + "\n");
}
