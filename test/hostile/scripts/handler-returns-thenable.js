// Returns an object whose then is a getter that loops for ever.

function ksr_xhttp_event() {
	if (KSR.pv.get("$hu") === "/bomb") return { get then() { for (;;); } };
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
