// Harmless but large: replies with as many bytes as the URL says, "/N".

function ksr_xhttp_event() {
	const size = Number(KSR.pv.get("$hu").slice(1));
	KSR.xhttp.xhttp_reply(200, "OK", "application/octet-stream", "x".repeat(size));
}
