// Empty header values among several, and a dollar sign as a variable.

function show(value) {
	return value === null || value === undefined ? "nothing" : typeof value + "[" + value + "]";
}

function ksr_xhttp_event(evname) {
	var names = [
		"$(hdr(X-List)[*])", "$(hfl(X-List)[*])", "$hdr(X-List)", "$(hdr(X-List)[-1])", "$hdrc(X-List)",
		"$$", "$($)", "$(hu{url.querystring})"
	];
	var lines = "";
	for (var i = 0; i < names.length; i++) lines += names[i] + " " + show(KSR.pv.get(names[i])) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", lines);
}
