// The same for handlers that are async: a promise's then, and the constructor that species looks up.

function bomb() {
	const poisoned = () => {
		throw "poisoned";
	};
	Promise.prototype.then = poisoned;
	Promise.resolve = poisoned;
	Object.defineProperty(Promise.prototype, "constructor", { get: poisoned });
	Object.defineProperty(Promise, Symbol.species, { get: poisoned });
}

async function ksr_xhttp_event() {
	if (KSR.pv.get("$hu") === "/bomb1") bomb();
	await null;
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
