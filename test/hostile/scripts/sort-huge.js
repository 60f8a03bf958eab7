// Sorts a million numbers and texts, again and again.

function bomb() {
	for (;;) {
		const t = Array.from({ length: 1000000 }, (_, i) => (i * 7919) % 1000003);
		t.sort();
		t.sort((a, b) => a - b);
		t.toSorted();
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
