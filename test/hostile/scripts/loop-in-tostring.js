// Loops for ever while a value is made into text, by the language and by arguments of KSR.

function bomb(way) {
	const loop = () => {
		for (;;);
	};
	const object = { toString: loop, valueOf: loop, toJSON: loop, [Symbol.toPrimitive]: loop };
	const ways = [
		() => `${object}`, () => object + 1, () => JSON.stringify(object), () => [object, object].sort(),
		() => [object].join(), () => new Date(object), () => "x".repeat(object),
	];
	ways[way - 1]();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb(Number(way));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
