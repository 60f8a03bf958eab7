function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.siputils.cmp_hdr_name(\"f\", \"From\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("f", "From"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"From\", \"f\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("From", "f"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"from\", \"FROM\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("from", "FROM"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"a\", \"b\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("a", "b"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"X-A\", \"x-a\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("X-A", "x-a"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"X-A\", \"X-B\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("X-A", "X-B"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"X-A\", \"X-AB\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("X-A", "X-AB"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"Host\", \"host\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("Host", "host"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"From:\", \"From\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("From:", "From"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"\", \"\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("", ""); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"a\", \"\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("a", ""); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"\", \"a\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("", "a"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"c\", \"Content-Type\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("c", "Content-Type"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"From \", \"From\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("From ", "From"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"X-A \", \"X-A\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("X-A ", "X-A"); }) + "\n";
	out += "KSR.siputils.cmp_hdr_name(\"a b\", \"X-A\"): " + attempt(function () { return KSR.siputils.cmp_hdr_name("a b", "X-A"); }) + "\n";
	out += "KSR.siputils.contact_param_rm(\"x\"): " + attempt(function () { return KSR.siputils.contact_param_rm("x"); }) + "\n";
	out += "KSR.siputils.is_first_hop(): " + attempt(function () { return KSR.siputils.is_first_hop(); }) + "\n";
	out += "KSR.siputils.is_first_hop_mode(1): " + attempt(function () { return KSR.siputils.is_first_hop_mode(1); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
