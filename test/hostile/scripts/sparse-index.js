// Searches an object that claims to have nine quadrillion elements.

function bomb() {
	for (;;) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
