// Recurs through builtins: the native stack is the one that could end.

function bomb(way) {
	const ways = [
		(f) => "x".replace(/x/, f), (f) => [1, 2].sort(f), (f) => JSON.stringify({ toJSON: f }), (f) => [1].map(f),
		(f) => new Proxy({}, { get: f }).x, (f) => `${{ toString: f }}`, (f) => (0, eval)("f")(f), (f) => Reflect.apply(f, null, []),
		(f) => JSON.parse("[1]", f),
	];
	if (way <= ways.length) {
		globalThis.f = () => ways[way - 1](globalThis.f);
		try {
			globalThis.f();
		} catch {}
		globalThis.f();
	}
	let nested = {};
	for (let i = 0; i < 100000; i++) nested = { nested };
	console.log(nested);
	JSON.stringify(nested);
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb(Number(way));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
