// Matches regular expressions that backtrack for ages.

function bomb(way) {
	const text = `${"a".repeat(60)}!`;
	const ways = [
		() => /^(a+)+$/.test(text), () => text.replace(/(a|a)*$/g, ""), () => text.split(/(a*)*b/), () => text.match(/(?:a?){60}a{60}/),
	];
	for (;;) {
		try {
			ways[way - 1]();
		} catch {}
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb(Number(way));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
