// Asks for the environment of the host, where passwords are kept. Replies with what it got, which is nothing.

function found() {
	const names = ["KEMIHOST_TEST_SECRET", "PATH", "HOME"];
	return names.map((name) => KSR.pv.gete(`$env(${name})`) + KSR.kx.get_env(name)).join("");
}

function ksr_xhttp_event() {
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$hu") === "/bomb1" ? found() : "fine");
}
