// Loops for ever in finally, behind a loop that was stopped.

function bomb() {
	try {
		for (;;);
	} finally {
		for (;;);
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
