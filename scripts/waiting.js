// Asks another server, and replies with what it says. The other server is this host: a handler that waits blocks nobody, so
// even the one child there is can ask itself.

async function ksr_xhttp_event(evname) {
	if (KSR.pv.get("$hu") === "/upstream") {
		await KSR.cfgutils.usleep(50000);
		KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "it took its time");
		return;
	}
	const upstream = `http://127.0.0.1:${KSR.pv.get("$Rp")}/upstream`;
	const code = await KSR.http_client.query(upstream, "$var(answer)");
	if (code !== 200) {
		KSR.xhttp.xhttp_reply(502, "Bad Gateway", "text/plain", `${KSR.pv.get(`$curlerror(${code})`)}\n`);
		return;
	}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", `upstream says: ${KSR.pv.get("$var(answer)")}\n`);
}
