// Throws an Error whose own message, stack and name are getters that loop for ever.

function bomb() {
	const error = new Error("x");
	for (const name of ["message", "stack", "name"])
		Object.defineProperty(error, name, { get() { for (;;); } });
	throw error;
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
