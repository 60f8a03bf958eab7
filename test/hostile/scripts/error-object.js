// Throws an object that fails when it is printed.

function bomb() {
	const fail = () => {
		throw error;
	};
	const error = Object.create(Error.prototype, {
		message: { get: fail }, stack: { get: fail }, name: { get: fail }, toString: { value: fail },
		[Symbol.toPrimitive]: { value: fail }, constructor: { get: fail },
	});
	throw error;
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
