function show(v) {
	return v === null ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var s = KSR.statistics;
	var out = "";
	function stat(name) {
		return show(KSR.pv.get("$stat(" + name + ")"));
	}
	["rcv_requests", "rcv_replies", "fwd_requests", "fwd_replies", "drop_requests", "drop_replies", "err_requests", "err_replies", "bad_URIs_rcvd", "unsupported_methods", "bad_msg_hdr", "core.rcv_requests", "script.hits", "HITS", "none"].forEach(function (name) {
		out += name + " " + stat(name) + "\n";
	});
	[1, "+1", "-1", -5, 0, 2147483647, 2147483647, 2147483647, 5].forEach(function (by) {
		out += "hits " + by + ": " + s.update_stat("hits", by) + " " + stat("hits") + "\n";
	});
	out += "keep: " + s.update_stat("keep", 3) + " " + stat("keep") + " " + s.reset_stat("keep") + " " + stat("keep") + "\n";
	out += "unknown: " + [s.update_stat("none", 1), s.update_stat("HITS", 1), s.update_stat("", 1), s.update_stat("script.hits", 1), s.reset_stat("none")].join("") + "\n";
	out += "reset: " + s.reset_stat("hits") + " " + stat("hits") + "\n";
	out += "odd name: " + s.update_stat("a.b-c d", 2) + " " + stat("a.b-c d") + "\n";
	KSR.pv.sets("$var(n)", "hits");
	s.update_stat("hits", 12);
	["$stat(hits)", "$stat($var(n))", "$stat", "$stat()", "$(stat(hits)[0])", "$(stat(hits){s.len})"].forEach(function (e) {
		out += e + " " + show(KSR.pv.get(e)) + "\n";
	});
	out += "set: " + KSR.pv.seti("$stat(hits)", 9) + " " + stat("hits") + "\n";
	out += "core: " + s.update_stat("rcv_requests", 10) + " " + stat("rcv_requests") + " " + s.reset_stat("rcv_requests") + " " + stat("rcv_requests") + "\n";
	s.reset_stat("hits");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
