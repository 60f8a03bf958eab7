// Squares an integer until it has more digits than there is memory.

function bomb() {
	let n = 3n;
	for (;;) n *= n;
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
