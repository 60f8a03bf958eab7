function ksr_xhttp_event(evname) {
	var hu = KSR.pv.get("$hu"), r;
	if (hu == "/send") r = KSR.sl.send_reply(404, "Not Found");
	else if (hu == "/sl") r = KSR.sl.sl_send_reply(202, "Accepted");
	else if (hu == "/hdr") { KSR.hdr.append_to_reply("X-A: 1\r\n"); r = KSR.sl.send_reply(200, "OK"); }
	else r = KSR.sl.sl_reply_error();
	KSR.info("returned " + r + "\n");
}
