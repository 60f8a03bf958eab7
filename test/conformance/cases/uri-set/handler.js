function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.setuser(\"x\"): " + attempt(function () { return KSR.setuser("x"); }) + "\n";
	out += "KSR.sethost(\"h\"): " + attempt(function () { return KSR.sethost("h"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.seturi(\"sip:a:b@c:5;p=1?h=2\"): " + attempt(function () { return KSR.seturi("sip:a:b@c:5;p=1?h=2"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.setuser(\"x\"): " + attempt(function () { return KSR.setuser("x"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.sethost(\"h.org\"): " + attempt(function () { return KSR.sethost("h.org"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.setuser(\"\"): " + attempt(function () { return KSR.setuser(""); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.setuser(\"z\"): " + attempt(function () { return KSR.setuser("z"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.sethost(\"\"): " + attempt(function () { return KSR.sethost(""); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.seturi(\"x\"): " + attempt(function () { return KSR.seturi("x"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.seturi(\"\"): " + attempt(function () { return KSR.seturi(""); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.setuser(\"q\"): " + attempt(function () { return KSR.setuser("q"); }) + "\n";
	out += "KSR.pv.get(\"$rU\"): " + attempt(function () { return KSR.pv.get("$rU"); }) + "\n";
	out += "KSR.isdsturiset(): " + attempt(function () { return KSR.isdsturiset(); }) + "\n";
	out += "KSR.setdsturi(\"sip:a@b\"): " + attempt(function () { return KSR.setdsturi("sip:a@b"); }) + "\n";
	out += "KSR.isdsturiset(): " + attempt(function () { return KSR.isdsturiset(); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.resetdsturi(): " + attempt(function () { return KSR.resetdsturi(); }) + "\n";
	out += "KSR.isdsturiset(): " + attempt(function () { return KSR.isdsturiset(); }) + "\n";
	out += "KSR.setdsturi(\"\"): " + attempt(function () { return KSR.setdsturi(""); }) + "\n";
	out += "KSR.isdsturiset(): " + attempt(function () { return KSR.isdsturiset(); }) + "\n";
	out += "KSR.setdsturi(\"x\"): " + attempt(function () { return KSR.setdsturi("x"); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
