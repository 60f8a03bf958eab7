// Searches, joins and turns around an array of four billion holes.

function bomb() {
	const holes = [];
	holes.length = 2 ** 32 - 1;
	for (;;) {
		holes.indexOf(1);
		holes.reverse();
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
