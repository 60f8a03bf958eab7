// Fills a Map and a Set until memory ends.

function bomb() {
	const map = new Map();
	const set = new Set();
	for (let i = 0; ; i++) {
		map.set(i, i);
		set.add(`${i}`);
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
