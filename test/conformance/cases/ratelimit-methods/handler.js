function ksr_xhttp_event(evname) {
	var out = KSR.pv.get("$rm") + " " + KSR.ratelimit.rl_check() + " " + KSR.ratelimit.rl_check();
	[0, 1, 2, 5, 15, 16, -1, 1000].forEach(function (pipe) {
		out += ", " + pipe + ": " + KSR.ratelimit.rl_check_pipe(pipe);
	});
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out + "\n");
}
