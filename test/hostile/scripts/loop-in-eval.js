// Loops for ever in code that is made at run time.

function bomb(way) {
	const ways = [() => (0, eval)("for (;;);"), () => new Function("for (;;);")(), () => eval("for (;;);")];
	for (;;) {
		try {
			ways[way - 1]();
		} catch {}
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb(Number(way));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
