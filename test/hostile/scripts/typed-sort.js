// Sorts a typed array of millions, again and again.

function bomb() {
	const numbers = new Float64Array(3000000);
	for (let i = 0; i < numbers.length; i += 1000) numbers[i] = -i;
	for (;;) numbers.fill(1, 5).sort();
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
