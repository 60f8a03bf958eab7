// Greets by the time of day, counts greetings in a hash table, and asks another server for names it does not know.
function greeting() {
	return new Date().getUTCHours() < 12 ? 'good morning' : 'good evening';
}

async function ksr_xhttp_event(evname) {
	const id = KSR.hdr.get('X-User');
	if (!id) return KSR.xhttp.xhttp_reply(400, 'Bad Request', 'text/plain', 'who are you?');
	let name = KSR.htable.sht_get('names', id);
	if (!name) {
		if ((await KSR.http_client.query(`http://directory/${id}`, '$var(name)')) !== 200) {
			KSR.err(`the directory does not know ${id}`);
			return KSR.xhttp.xhttp_reply(502, 'Bad Gateway', 'text/plain', 'no name');
		}
		name = KSR.pv.get('$var(name)');
		KSR.htable.sht_setxs('names', id, name, 60);
	}
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', `${greeting()}, ${name}`);
}
