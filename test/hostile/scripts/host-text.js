// Doubles a text on the host's side, by variables in a format.

function bomb() {
	KSR.pv.sets("$var(a)", "x".repeat(1000));
	for (let i = 0; i < 40; i++) {
		KSR.pvx.evalx("$var(a)", "$var(a)$var(a)");
		KSR.xlog.xinfo("$var(a)");
	}
	for (;;) KSR.pv.get("$(var(a){s.len})");
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
