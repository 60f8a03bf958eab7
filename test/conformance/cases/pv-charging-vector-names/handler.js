function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.pv.get(\"$pcv(all)\"): " + attempt(function () { return KSR.pv.get("$pcv(all)"); }) + "\n";
	out += "KSR.pv.get(\"$pcv(value)\"): " + attempt(function () { return KSR.pv.get("$pcv(value)"); }) + "\n";
	out += "KSR.pv.get(\"$pcv(genaddr)\"): " + attempt(function () { return KSR.pv.get("$pcv(genaddr)"); }) + "\n";
	out += "KSR.pv.get(\"$pcv(orig)\"): " + attempt(function () { return KSR.pv.get("$pcv(orig)"); }) + "\n";
	out += "KSR.pv.get(\"$pcv(term)\"): " + attempt(function () { return KSR.pv.get("$pcv(term)"); }) + "\n";
	out += "KSR.pv.get(\"$pcv(x)\"): " + attempt(function () { return KSR.pv.get("$pcv(x)"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
