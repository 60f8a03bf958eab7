// Loops for ever in the function that replace calls, and in Symbol.replace and Symbol.iterator.

function bomb(way) {
	const loop = () => {
		for (;;);
	};
	const ways = [
		() => "x".replace("x", loop), () => "x".replace({ [Symbol.replace]: loop }, ""), () => [...{ [Symbol.iterator]: loop }],
		() => Array.from({ length: 2 }, loop), () => new Map([[1, 1]]).forEach(loop), () => Reflect.ownKeys(new Proxy({}, { ownKeys: loop })),
	];
	ways[way - 1]();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb(Number(way));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
