// Compiles source text, regular expressions and JSON that are nested deeply.

function bomb(way) {
	const parts = ["(", "[", "{a:", "-", "!", "function(){", "()=>", "`${", "1+", "a?", "new "];
	const part = parts[way - 1];
	if (part) {
		try {
			(0, eval)(part.repeat(30000));
		} catch {}
		new Function(part.repeat(30000));
	}
	new RegExp("(?:".repeat(30000) + ")*".repeat(30000));
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb(Number(way));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
