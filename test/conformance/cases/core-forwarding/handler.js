function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.force_rport(): " + attempt(function () { return KSR.force_rport(); }) + "\n";
	out += "KSR.add_local_rport(): " + attempt(function () { return KSR.add_local_rport(); }) + "\n";
	out += "KSR.set_forward_close(): " + attempt(function () { return KSR.set_forward_close(); }) + "\n";
	out += "KSR.set_forward_no_connect(): " + attempt(function () { return KSR.set_forward_no_connect(); }) + "\n";
	out += "KSR.set_advertised_address(\"a\"): " + attempt(function () { return KSR.set_advertised_address("a"); }) + "\n";
	out += "KSR.set_advertised_address(\"\"): " + attempt(function () { return KSR.set_advertised_address(""); }) + "\n";
	out += "KSR.set_advertised_port(\"5060\"): " + attempt(function () { return KSR.set_advertised_port("5060"); }) + "\n";
	out += "KSR.set_advertised_port(\"x\"): " + attempt(function () { return KSR.set_advertised_port("x"); }) + "\n";
	out += "KSR.add_tcp_alias(5060): " + attempt(function () { return KSR.add_tcp_alias(5060); }) + "\n";
	out += "KSR.add_tcp_alias(0): " + attempt(function () { return KSR.add_tcp_alias(0); }) + "\n";
	out += "KSR.add_tcp_alias_via(): " + attempt(function () { return KSR.add_tcp_alias_via(); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
