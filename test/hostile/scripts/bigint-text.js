// Makes integers of millions of digits into text.

function bomb() {
	const n = 7n ** 3000000n;
	for (;;) n.toString();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
