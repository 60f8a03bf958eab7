// Makes a text of gigabytes from a few shared arrays.

function bomb(way) {
	let list = ["x"];
	for (let i = 0; i < 40; i++) list = [list, list];
	const ways = [() => JSON.stringify(list), () => list.join(), () => list.flat(Infinity), () => console.log(list), () => structuredClone(list)];
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
