// Harmless: replies with what it can read of the request.

function ksr_xhttp_event() {
	const { get } = KSR.pv;
	const parts = [get("$rm"), get("$hu"), get("$rb") ?? "", KSR.hdr.gete("X-Echo"), KSR.hdr.gete("Host"), KSR.hdr.gete("Content-Type")];
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", parts.join("|"));
}
