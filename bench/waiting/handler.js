async function ksr_xhttp_event() {
	if (KSR.pv.get('$hu') === '/plain') {
		KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', 'plain\n');
		return;
	}
	const code = await KSR.http_client.query(KSR.pv.get('$def(UPSTREAM)'), '$var(answer)');
	KSR.xhttp.xhttp_reply(code === 200 ? 200 : 502, 'Done', 'text/plain', `${KSR.pv.get('$var(answer)')}\n`);
}
