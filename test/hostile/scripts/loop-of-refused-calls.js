// Calls the host for ever with arguments that it refuses; each is an error line.

function bomb() {
	for (;;) KSR.pv.get({});
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
