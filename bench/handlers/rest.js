// A REST handler: route, one query parameter, three headers, a regular expression, a JSON answer, a header of its own.
function ksr_xhttp_event(evname) {
	var url = KSR.pv.gete("$hu");
	var parts = url.split("?");
	var found = /^\/notes\/(\d+)$/.exec(parts[0]);
	if (!found) {
		KSR.xhttp.xhttp_reply(404, "Not Found", "application/json", '{"error":"nothing there"}');
		return 1;
	}
	var limit = /&limit=(\d+)/.exec("&" + parts[1]);
	KSR.hdr.append_to_reply("X-Trace: " + KSR.hdr.gete("X-Trace") + "\r\n");
	KSR.xhttp.xhttp_reply(200, "OK", "application/json", JSON.stringify({
		id: Number(found[1]), limit: limit ? Number(limit[1]) : 10,
		agent: KSR.hdr.gete("User-Agent"), accept: KSR.hdr.gete("Accept")
	}));
	return 1;
}
