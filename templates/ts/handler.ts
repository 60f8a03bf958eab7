// Answers GET /hello?name=… with a greeting in JSON.

function reply(code: number, reason: string, value: unknown): void {
	KSR.xhttp.xhttp_reply(code, reason, 'application/json', JSON.stringify(value));
}

function ksr_xhttp_event(_evname: string): void {
	const url = new URL(`http://localhost${KSR.xhttp.get_hu()}`);
	if (url.pathname !== '/hello') return reply(404, 'Not Found', { error: 'nothing here' });
	const name = url.searchParams.get('name') ?? 'world';
	KSR.info(`greets ${name}`);
	reply(200, 'OK', { hello: name });
}
