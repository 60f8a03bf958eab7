// Sorts for ever, with comparisons that contradict each other.

function bomb() {
	const t = Array.from({ length: 2000 }, (_, i) => i);
	for (;;) t.sort(() => 1 - 2 * (t.length % 2));
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
