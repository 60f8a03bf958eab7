function ksr_xhttp_event(evname) {
	var path = KSR.pv.get("$hu");
	if (path === "/empty") {
		var first = KSR.textops.set_reply_body("", "text/plain");
		var second = KSR.textops.set_reply_body("body", "");
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", first + " " + second);
		return;
	}
	KSR.hdr.append_to_reply("X-First: " + KSR.textops.set_reply_body("set before", "text/x-set") + "\r\n");
	if (path === "/sl") {
		KSR.sl.send_reply(202, "Accepted");
	} else if (path === "/both") {
		KSR.hdr.append_to_reply("X-Second: " + KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "given later") + "\r\n");
		KSR.xhttp.xhttp_reply(200, "OK", "", "");
	} else {
		KSR.xhttp.xhttp_reply(200, "OK", "", "");
	}
}
