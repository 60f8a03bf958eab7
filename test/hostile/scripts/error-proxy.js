// Throws a proxy whose every trap throws another such proxy.

function bomb() {
	const trap = () => {
		throw new Proxy(function () {}, handler);
	};
	const handler = new Proxy({}, { get: () => trap });
	trap();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
