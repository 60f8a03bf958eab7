// Writes long lines to the log without end, by every way there is.

function bomb() {
	const line = "log flood ".repeat(100000);
	for (;;) {
		KSR.info(line);
		KSR.xlog.xlog("L_ERR", line);
		console.log(line);
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
