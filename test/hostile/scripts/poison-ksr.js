// Spoils KSR for the next request. A script may do that to itself; the host must answer all the same.

const reply = KSR.xhttp.xhttp_reply;
const get = KSR.pv.get;

function ksr_xhttp_event() {
	if (get("$hu") === "/bomb1") {
		try {
			KSR.xhttp.xhttp_reply = null;
			KSR.pv = null;
			delete KSR.hdr;
		} catch {}
		Object.setPrototypeOf(KSR, new Proxy({}, { get() { throw 1; } }));
		KSR = null;
	}
	reply(200, "OK", "text/plain", "fine");
}
