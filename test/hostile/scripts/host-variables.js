// Keeps long strings in variables that live as long as the child does.

function bomb() {
	const s = "x".repeat(1000000);
	for (let i = 0; ; i = (i + 1) % 2000) KSR.pv.sets(`$var(v${i})`, i + s);
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
