function ksr_xhttp_event(evname) {
	var out = "";
	function hits(address, n) {
		out += address + ":";
		for (var i = 1; i <= n; i++) out += " " + KSR.pike.pike_check_ip(address);
		out += "\n";
	}
	hits("10.0.0.1", 26);
	hits("10.0.0.2", 16);
	hits("10.1.0.2", 20);
	hits("nonsense", 1);
	hits("", 1);
	hits("10.0.0.1", 2);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
