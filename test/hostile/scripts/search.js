// Searches a long text for another long text.

function bomb() {
	const text = "a".repeat(4000000);
	const part = `${"a".repeat(100000)}b`;
	for (;;) text.indexOf(part);
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
