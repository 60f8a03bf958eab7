// Empty header values among several, a dollar sign as a variable, and an integer's query string.

function show(value) {
	return value === null || value === undefined ? "nothing" : typeof value + "[" + value + "]";
}

function ksr_xhttp_event(evname) {
	KSR.pv.seti("$var(n)", 12);
	var names = [
		"$(hdr(X-List)[*])", "$(hfl(X-List)[*])", "$hdr(X-List)", "$(hdr(X-List)[-1])", "$hdrc(X-List)",
		"$$", "$($)", "$(var(n){url.querystring})", "$(var(n){url.path})", "$(hu{url.querystring})"
	];
	var lines = "";
	for (var i = 0; i < names.length; i++) lines += names[i] + " " + show(KSR.pv.get(names[i])) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", lines);
}
