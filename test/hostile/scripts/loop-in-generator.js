// Loops for ever in generators that are delegated to, and in their return().

function bomb() {
	function* inner() {
		try {
			for (;;) yield 1;
		} finally {
			for (;;);
		}
	}
	function* outer() {
		yield* inner();
	}
	for (const _ of outer()) break;
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
