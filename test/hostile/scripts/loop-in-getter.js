// Loops for ever in getters and in the traps of a proxy, each reached in another way.

function bomb(way) {
	const loop = () => {
		for (;;);
	};
	const object = { get x() { return loop(); } };
	const proxy = new Proxy({}, { get: loop, has: loop, ownKeys: loop, getPrototypeOf: loop });
	const ways = [
		() => object.x, () => JSON.stringify(object), () => proxy.x, () => "x" in proxy, () => Object.keys(proxy),
		() => proxy instanceof Error, () => console.log(proxy), () => [].concat(proxy),
	];
	ways[way - 1]();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb(Number(way));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
