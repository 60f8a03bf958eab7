function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.ipops[name].apply(null, args) + "\n";
	}
	attempt("compare_ips", "10.1.2.3", "10.1.2.3");
	attempt("compare_ips", "10.1.2.3", "10.1.2.4");
	attempt("compare_ips", "10.1.2.3", "010.1.2.3");
	attempt("compare_ips", "::1", "0:0:0:0:0:0:0:1");
	attempt("compare_ips", "::1", "[::1]");
	attempt("compare_ips", "[::1]", "[0::1]");
	attempt("compare_ips", "2001:DB8::1", "2001:db8::1");
	attempt("compare_ips", "::ffff:1.2.3.4", "::ffff:102:304");
	attempt("compare_ips", "::ffff:1.2.3.4", "1.2.3.4");
	attempt("compare_ips", "::1:", "::1:");
	attempt("compare_ips", "", "");
	attempt("compare_ips", "nonsense", "nonsense");
	attempt("compare_pure_ips", "10.1.2.3", "10.1.2.3");
	attempt("compare_pure_ips", "10.1.2.3", "10.1.2.4");
	attempt("compare_pure_ips", "10.1.2.3", "010.1.2.3");
	attempt("compare_pure_ips", "::1", "0:0:0:0:0:0:0:1");
	attempt("compare_pure_ips", "::1", "[::1]");
	attempt("compare_pure_ips", "[::1]", "[0::1]");
	attempt("compare_pure_ips", "2001:DB8::1", "2001:db8::1");
	attempt("compare_pure_ips", "::ffff:1.2.3.4", "::ffff:102:304");
	attempt("compare_pure_ips", "::ffff:1.2.3.4", "1.2.3.4");
	attempt("compare_pure_ips", "::1:", "::1:");
	attempt("compare_pure_ips", "", "");
	attempt("compare_pure_ips", "nonsense", "nonsense");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
