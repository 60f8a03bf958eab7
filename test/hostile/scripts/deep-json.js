// Reads and writes JSON that is nested a million deep.

function bomb() {
	for (const [open, close] of [["[", "]"], ['{"a":', "1}"]]) {
		const text = open.repeat(500000) + close.repeat(500000);
		try {
			JSON.parse(text);
		} catch {}
		try {
			JSON.stringify(JSON.parse(open.repeat(5000) + close.repeat(5000)));
		} catch {}
	}
	let list = [];
	for (let i = 0; i < 500000; i++) list = [list];
	JSON.stringify(list);
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
