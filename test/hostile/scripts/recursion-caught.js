// Calls itself until the stack ends, catches that, and goes on at the end of the stack.

function bomb() {
	function f() {
		try {
			f();
		} catch {
			KSR.info("deep");
			console.log([1, { a: 2 }]);
			try {
				f();
			} catch {}
		}
	}
	for (;;) f();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
