// Makes strings of half a gigabyte by repeat and padEnd.

function bomb() {
	const t = [];
	for (;;) {
		t.push("x".repeat(2 ** 29 - 100 - t.length));
		t.push("".padEnd(2 ** 29 - 100 - t.length, "xy"));
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
