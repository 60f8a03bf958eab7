// Throws an error with a message of megabytes, in a stack of hundreds.

function bomb() {
	const f = (n) => {
		if (n === 0) throw new Error("huge ".repeat(1000000));
		return 1 + f(n - 1);
	};
	f(150);
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
