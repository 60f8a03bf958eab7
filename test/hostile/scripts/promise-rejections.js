// Rejects a million promises that nobody looks at, and leaves some that never settle.

function bomb() {
	for (let i = 0; i < 1000000; i++) {
		Promise.reject(new Error("nobody looks"));
		new Promise(() => {});
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
