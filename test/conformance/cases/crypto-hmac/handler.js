function repeat(s, n) {
	return new Array(n + 1).join(s);
}

function ksr_xhttp_event(evname) {
	var out = "";
	["", "a", "hello world"].forEach(function (text) {
		["", "key", repeat("long", 30)].forEach(function (key) {
			KSR.pv.sets("$var(r)", "-");
			out += KSR.crypto.hmac_sha256(text, key, "$var(r)") + " " + KSR.pv.get("$var(r)") + "\n";
		});
	});
	out += KSR.crypto.hmac_sha256(repeat("x", 5000), "key", "$var(r)") + " " + KSR.pv.get("$var(r)") + "\n";
	out += KSR.crypto.hmac_sha256("a", "key", "$nosuch(x)") + "" + KSR.crypto.hmac_sha256("a", "key", "x") + "" + KSR.crypto.hmac_sha256("a", "key", "") + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
