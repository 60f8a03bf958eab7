// Has the host transform a text of megabytes, again and again.

function bomb() {
	KSR.pv.sets("$var(a)", "x".repeat(4000000));
	for (;;) KSR.pv.get("$(var(a){s.encode.hexa}{s.md5}{s.len})");
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
