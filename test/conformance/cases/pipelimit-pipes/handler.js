function ksr_xhttp_event(evname) {
	var out = "";
	function hits(n, what, call) {
		out += what + ":";
		for (var i = 1; i <= n; i++) out += " " + call();
		out += "\n";
	}
	hits(1, "no pipe", function () { return KSR.pipelimit.pl_check("drop"); });
	hits(6, "taildrop", function () { return KSR.pipelimit.pl_check_limit("drop", "TAILDROP", 4); });
	hits(1, "active", function () { return KSR.pipelimit.pl_active("drop"); });
	hits(2, "higher", function () { return KSR.pipelimit.pl_check_limit("drop", "TAILDROP", 10); });
	hits(1, "algorithm", function () { return KSR.pipelimit.pl_check_limit("other", "taildrop", 2); });
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
