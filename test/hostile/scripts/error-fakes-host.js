// Throws errors that look like those of the host.

function bomb() {
	throw Object.assign(new Error("Script execution timed out."), { name: "LimitError", limit: "cpu", engineLost: true, code: "KH_LIMIT" });
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
