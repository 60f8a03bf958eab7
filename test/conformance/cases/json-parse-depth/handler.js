function repeat(s, n) {
	return new Array(n + 1).join(s);
}

function nested(n, inner) {
	return '{"a":' + repeat("[", n) + inner + repeat("]", n) + "}";
}

function ksr_xhttp_event(evname) {
	var out = "";
	[nested(30, "7"), nested(31, ""), nested(31, "7"), nested(32, ""), nested(5000, "")].forEach(function (d) {
		KSR.pv.sets("$var(d)", d);
		out += KSR.pv.getw("$(var(d){json.parse,a})") + "\n";
	});
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
