// Makes promises that make promises.

function bomb() {
	const again = () => Promise.resolve().then(() => Promise.all([again(), again()]));
	again();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
