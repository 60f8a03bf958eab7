function show(v) {
	return v === null ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "get " + KSR.uuid.get() + "\n";
	out += "rget " + KSR.uuid.rget() + "\n";
	["$uuid(g)", "$uuid(G)", "$uuid(r)", "$uuid(t)", "$uuid(time)", "$uuid(x)", "$uuid($var(x))", "$uuid( t)", "$uuid", "$uuid()", "$(uuid(g)[0])", "$(uuid(r){s.len})"].forEach(function (e) {
		out += e + " " + show(KSR.pv.get(e)) + "\n";
	});
	out += (KSR.uuid.get() === KSR.uuid.get()) + " " + (KSR.pv.get("$uuid(t)") === KSR.pv.get("$uuid(t)")) + "\n";
	out += KSR.pv.sets("$uuid(g)", "x") + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
