// Settles promises with objects whose then loops for ever.

function bomb() {
	Promise.resolve({ get then() { for (;;); } });
	Promise.resolve({ then() { for (;;); } });
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
