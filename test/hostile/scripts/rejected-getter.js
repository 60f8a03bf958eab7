// Rejects promises that nobody handles with values whose message and stack are getters that loop for ever.

function bomb() {
	Promise.reject({ get message() { for (;;); }, get stack() { for (;;); }, get name() { for (;;); }, __proto__: Error.prototype });
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
