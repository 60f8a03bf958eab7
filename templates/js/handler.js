// Answers GET /hello?name=… with a greeting in JSON.

/** @type {(code: number, reason: string, value: unknown) => void} */
function reply(code, reason, value) {
	KSR.xhttp.xhttp_reply(code, reason, 'application/json', JSON.stringify(value));
}

function ksr_xhttp_event() {
	const url = new URL(`http://localhost${KSR.xhttp.get_hu()}`);
	if (url.pathname !== '/hello') return reply(404, 'Not Found', { error: 'nothing here' });
	const name = url.searchParams.get('name') ?? 'world';
	KSR.info(`greets ${name}`);
	reply(200, 'OK', { hello: name });
}
