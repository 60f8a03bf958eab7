function ksr_xhttp_event(evname) {
	var body = KSR.pv.gete("$rb");
	KSR.pv.sets("$var(v)", "-");
	var ret = KSR.jansson.get("", body, "$var(v)");
	var out = ret + " " + KSR.pv.get("$var(v)") + "\n";
	for (var i = 0; ; i++) {
		KSR.pv.sets("$var(v)", "-");
		if (KSR.jansson.get("[" + i + "]", body, "$var(v)") != 1) break;
		out += i + ": " + KSR.pv.get("$var(v)") + " (" + (typeof KSR.pv.get("$var(v)")) + ")\n";
	}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
