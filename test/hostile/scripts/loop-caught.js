// Loops for ever, and again whenever it is stopped: every error is caught.

function bomb() {
	for (;;) {
		try {
			for (;;);
		} catch {}
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
