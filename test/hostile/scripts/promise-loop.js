// Waits for ever in an async function, a microtask at a time.

function bomb() {
	(async () => {
		for (;;) await null;
	})();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
