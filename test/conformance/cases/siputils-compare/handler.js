function uri(a, b) { return KSR.siputils.cmp_uri(a, b); }
function aor(a, b) { return KSR.siputils.cmp_aor(a, b); }

function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "uri(\"sip:a@b\", \"sip:A@b\"): " + attempt(function () { return uri("sip:a@b", "sip:A@b"); }) + "\n";
	out += "aor(\"sip:a@b\", \"sip:A@b\"): " + attempt(function () { return aor("sip:a@b", "sip:A@b"); }) + "\n";
	out += "uri(\"sip:a@b\", \"sip:a@B\"): " + attempt(function () { return uri("sip:a@b", "sip:a@B"); }) + "\n";
	out += "aor(\"sip:a@b\", \"sip:a@B\"): " + attempt(function () { return aor("sip:a@b", "sip:a@B"); }) + "\n";
	out += "uri(\"sip:a@b\", \"sips:a@b\"): " + attempt(function () { return uri("sip:a@b", "sips:a@b"); }) + "\n";
	out += "aor(\"sip:a@b\", \"sips:a@b\"): " + attempt(function () { return aor("sip:a@b", "sips:a@b"); }) + "\n";
	out += "uri(\"sip:a@b\", \"SIP:a@b\"): " + attempt(function () { return uri("sip:a@b", "SIP:a@b"); }) + "\n";
	out += "aor(\"sip:a@b\", \"SIP:a@b\"): " + attempt(function () { return aor("sip:a@b", "SIP:a@b"); }) + "\n";
	out += "uri(\"sip:a@b:5060\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b:5060", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b:5060\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b:5060", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b:5060\", \"sip:a@b:5061\"): " + attempt(function () { return uri("sip:a@b:5060", "sip:a@b:5061"); }) + "\n";
	out += "aor(\"sip:a@b:5060\", \"sip:a@b:5061\"): " + attempt(function () { return aor("sip:a@b:5060", "sip:a@b:5061"); }) + "\n";
	out += "uri(\"sip:a:p@b\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a:p@b", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a:p@b\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a:p@b", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a:p@b\", \"sip:a:q@b\"): " + attempt(function () { return uri("sip:a:p@b", "sip:a:q@b"); }) + "\n";
	out += "aor(\"sip:a:p@b\", \"sip:a:q@b\"): " + attempt(function () { return aor("sip:a:p@b", "sip:a:q@b"); }) + "\n";
	out += "uri(\"sip:a@b;x=1\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b;x=1", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b;x=1\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b;x=1", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b;x=1\", \"sip:a@b;x=2\"): " + attempt(function () { return uri("sip:a@b;x=1", "sip:a@b;x=2"); }) + "\n";
	out += "aor(\"sip:a@b;x=1\", \"sip:a@b;x=2\"): " + attempt(function () { return aor("sip:a@b;x=1", "sip:a@b;x=2"); }) + "\n";
	out += "uri(\"sip:a@b;transport=tcp\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b;transport=tcp", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b;transport=tcp\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b;transport=tcp", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=udp\"): " + attempt(function () { return uri("sip:a@b;transport=tcp", "sip:a@b;transport=udp"); }) + "\n";
	out += "aor(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=udp\"): " + attempt(function () { return aor("sip:a@b;transport=tcp", "sip:a@b;transport=udp"); }) + "\n";
	out += "uri(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=TCP\"): " + attempt(function () { return uri("sip:a@b;transport=tcp", "sip:a@b;transport=TCP"); }) + "\n";
	out += "aor(\"sip:a@b;transport=tcp\", \"sip:a@b;transport=TCP\"): " + attempt(function () { return aor("sip:a@b;transport=tcp", "sip:a@b;transport=TCP"); }) + "\n";
	out += "uri(\"sip:a@b;user=phone\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b;user=phone", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b;user=phone\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b;user=phone", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b;ttl=1\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b;ttl=1", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b;ttl=1\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b;ttl=1", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b;maddr=x\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b;maddr=x", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b;maddr=x\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b;maddr=x", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b;method=INVITE\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b;method=INVITE", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b;method=INVITE\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b;method=INVITE", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b;lr\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b;lr", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b;lr\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b;lr", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b?h=1\", \"sip:a@b\"): " + attempt(function () { return uri("sip:a@b?h=1", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:a@b?h=1\", \"sip:a@b\"): " + attempt(function () { return aor("sip:a@b?h=1", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b?h=1\", \"sip:a@b?h=2\"): " + attempt(function () { return uri("sip:a@b?h=1", "sip:a@b?h=2"); }) + "\n";
	out += "aor(\"sip:a@b?h=1\", \"sip:a@b?h=2\"): " + attempt(function () { return aor("sip:a@b?h=1", "sip:a@b?h=2"); }) + "\n";
	out += "uri(\"sip:b\", \"sip:a@b\"): " + attempt(function () { return uri("sip:b", "sip:a@b"); }) + "\n";
	out += "aor(\"sip:b\", \"sip:a@b\"): " + attempt(function () { return aor("sip:b", "sip:a@b"); }) + "\n";
	out += "uri(\"tel:+1\", \"tel:+1\"): " + attempt(function () { return uri("tel:+1", "tel:+1"); }) + "\n";
	out += "aor(\"tel:+1\", \"tel:+1\"): " + attempt(function () { return aor("tel:+1", "tel:+1"); }) + "\n";
	out += "uri(\"tel:+1\", \"tel:+2\"): " + attempt(function () { return uri("tel:+1", "tel:+2"); }) + "\n";
	out += "aor(\"tel:+1\", \"tel:+2\"): " + attempt(function () { return aor("tel:+1", "tel:+2"); }) + "\n";
	out += "uri(\"tel:+1\", \"sip:+1@b\"): " + attempt(function () { return uri("tel:+1", "sip:+1@b"); }) + "\n";
	out += "aor(\"tel:+1\", \"sip:+1@b\"): " + attempt(function () { return aor("tel:+1", "sip:+1@b"); }) + "\n";
	out += "uri(\"sip:a@b\", \"b\"): " + attempt(function () { return uri("sip:a@b", "b"); }) + "\n";
	out += "aor(\"sip:a@b\", \"b\"): " + attempt(function () { return aor("sip:a@b", "b"); }) + "\n";
	out += "uri(\"\", \"sip:a@b\"): " + attempt(function () { return uri("", "sip:a@b"); }) + "\n";
	out += "aor(\"\", \"sip:a@b\"): " + attempt(function () { return aor("", "sip:a@b"); }) + "\n";
	out += "uri(\"sip:a@b\", \"\"): " + attempt(function () { return uri("sip:a@b", ""); }) + "\n";
	out += "aor(\"sip:a@b\", \"\"): " + attempt(function () { return aor("sip:a@b", ""); }) + "\n";
	out += "uri(\"sip:a@[::1]\", \"sip:a@[::1]\"): " + attempt(function () { return uri("sip:a@[::1]", "sip:a@[::1]"); }) + "\n";
	out += "aor(\"sip:a@[::1]\", \"sip:a@[::1]\"): " + attempt(function () { return aor("sip:a@[::1]", "sip:a@[::1]"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
