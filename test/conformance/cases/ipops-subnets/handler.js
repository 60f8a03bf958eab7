function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.ipops[name].apply(null, args) + "\n";
	}
	attempt("is_in_subnet", "10.1.2.3", "10.0.0.0/8");
	attempt("is_in_subnet", "10.1.2.3", "11.0.0.0/8");
	attempt("is_in_subnet", "10.1.2.3", "10.1.2.3");
	attempt("is_in_subnet", "10.1.2.3", "10.1.2.4");
	attempt("is_in_subnet", "10.1.2.3", "192.168.0.0/16, 10.0.0.0/8");
	attempt("is_in_subnet", "10.1.2.3", "192.168.0.0/16,10.1.2.3");
	attempt("is_in_subnet", "10.1.2.3", ",,10.0.0.0/8");
	attempt("is_in_subnet", "10.1.2.3", "");
	attempt("is_in_subnet", "10.1.2.3", "10.1.2.2/31");
	attempt("is_in_subnet", "10.1.2.3", "10.0.0.0/33");
	attempt("is_in_subnet", "10.1.2.3", "9.0.0.0/0");
	attempt("is_in_subnet", "10.1.2.3", "9.0.0.0/");
	attempt("is_in_subnet", "10.1.2.3", "9.0.0.0/x");
	attempt("is_in_subnet", "10.1.2.3", "10.0.0.0/-1");
	attempt("is_in_subnet", "10.1.2.3", "10.0.0.0/8x");
	attempt("is_in_subnet", "10.1.2.3", "nonsense, 10.0.0.0/8");
	attempt("is_in_subnet", "10.1.2.3", "10.0.0/8");
	attempt("is_in_subnet", "10.1.2.3", "2001:db8::/32");
	attempt("is_in_subnet", "2001:db8::5", "2001:db8::/32");
	attempt("is_in_subnet", "2001:db8::5", "2001:db9::/32");
	attempt("is_in_subnet", "2001:db8::5", "2001:db8::5");
	attempt("is_in_subnet", "2001:db8::5", "10.0.0.0/8,2001:db8::/32");
	attempt("is_in_subnet", "2001:db8::5", "fe80::/10,2001:db8::/32");
	attempt("is_in_subnet", "2001:db8::5", "2001:db8::/129");
	attempt("is_in_subnet", "2001:db8::5", "[2001:db8::]/32");
	attempt("is_in_subnet", "[2001:db8::5]", "2001:db8::/32");
	attempt("is_in_subnet", "::1:", "::/0");
	attempt("is_in_subnet", "nonsense", "10.0.0.0/8");
	attempt("is_in_subnet", "", "10.0.0.0/8");
	attempt("ip_is_in_subnet", "10.1.2.3", "10.0.0.0/8");
	attempt("ip_is_in_subnet", "10.1.2.3", "11.0.0.0/8");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
