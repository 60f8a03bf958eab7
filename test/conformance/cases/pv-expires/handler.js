function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.pv.get(\"$expires(min)\"): " + attempt(function () { return KSR.pv.get("$expires(min)"); }) + "\n";
	out += "KSR.pv.get(\"$expires(max)\"): " + attempt(function () { return KSR.pv.get("$expires(max)"); }) + "\n";
	out += "KSR.pv.get(\"$expires(x)\"): " + attempt(function () { return KSR.pv.get("$expires(x)"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
