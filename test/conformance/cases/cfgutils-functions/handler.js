function ksr_xhttp_event(evname) {
	var u = KSR.cfgutils;
	var out = u.rand_get_prob() + "\n";
	function events() {
		var n = 0;
		for (var i = 0; i < 200; i++) {
			if (u.rand_event() === 1) n++;
		}
		return n;
	}
	[0, 100, 101, -5, 2147483647].forEach(function (p) {
		out += "prob " + p + ": " + u.rand_set_prob(p) + " " + u.rand_get_prob() + " " + events() + "\n";
	});
	u.rand_set_prob(50);
	var n = events();
	out += "half: " + (n > 40 && n < 160) + "\n";
	out += "reset: " + u.rand_reset_prob() + " " + u.rand_get_prob() + "\n";
	u.rand_set_prob(42);
	out += "status: " + u.pkg_status() + "" + u.shm_status() + "" + u.pkg_summary() + "" + u.shm_summary() + "\n";
	out += "routes: " + u.check_route_exists("nope") + "" + u.check_route_exists("") + "" + u.route_if_exists("nope") + "" + u.route_if_exists("") + "\n";
	["", "a", "ab", "abc", "abcd", "abcde", "hello world", "0123456789abcdef"].forEach(function (a) {
		["", "x", "xyzzy"].forEach(function (b) {
			out += a + "," + b + ":";
			[0, -3, 1, 4, 16, 30, 31, 32, 33].forEach(function (s) {
				out += " " + u.core_hash(a, b, s);
			});
			out += "\n";
		});
	});
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
