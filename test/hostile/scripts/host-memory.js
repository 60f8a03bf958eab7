// Keeps long strings on the host's side, where no engine counts them.

function bomb() {
	const s = "x".repeat(100000);
	for (let i = 0; ; i++) {
		KSR.pv.sets("$avp(x)", i + s);
		KSR.pv.sets("$xavp(a=>b)", i + s);
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
