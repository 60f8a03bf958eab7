// Makes objects until memory ends.

function bomb() {
	const all = [];
	for (;;) all.push({ a: {}, b: [{}] });
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
