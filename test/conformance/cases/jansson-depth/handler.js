function repeat(s, n) {
	return new Array(n + 1).join(s);
}

function nested(n, inner) {
	return repeat("[", n) + inner + repeat("]", n);
}

function ksr_xhttp_event(evname) {
	var out = "";
	[nested(2047, "7"), nested(2048, ""), nested(2048, "7"), nested(2049, ""), nested(5000, "")].forEach(function (d) {
		KSR.pv.sets("$var(v)", "-");
		var ret = KSR.jansson.get("", d, "$var(v)");
		out += ret + " " + (KSR.pv.get("$var(v)") === d) + "\n";
	});
	KSR.pv.sets("$var(v)", "-");
	out += KSR.jansson.get(repeat("[0]", 2047), nested(2047, "7"), "$var(v)") + " " + KSR.pv.get("$var(v)") + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
