// Waits for an upstream that takes 50 ms; its URL is the value of the definition UPSTREAM.
async function ksr_xhttp_event(evname) {
	const code = await KSR.http_client.query(KSR.pv.get('$def(UPSTREAM)'), '$var(answer)');
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', code + KSR.pv.gete('$var(answer)'));
}
