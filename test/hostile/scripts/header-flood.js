// Adds header lines to the reply until it is refused, then replies.

function bomb() {
	const line = `X-Flood: ${"x".repeat(1000)}`;
	while (KSR.hdr.append_to_reply(line) === 1);
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
