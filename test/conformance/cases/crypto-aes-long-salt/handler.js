var KEYS = ["key"];

function ksr_xhttp_event(evname) {
	var out = "";
	function both(text, key) {
		KSR.pv.sets("$var(e)", "-");
		KSR.pv.sets("$var(d)", "-");
		var e = KSR.crypto.aes_encrypt(text, key, "$var(e)");
		var d = KSR.crypto.aes_decrypt(KSR.pv.get("$var(e)"), key, "$var(d)");
		out += key + ": " + e + " " + KSR.pv.get("$var(e)") + " " + d + " " + (KSR.pv.get("$var(d)") === text) + "\n";
	}
	function decrypt(text, key) {
		KSR.pv.sets("$var(d)", "-");
		out += "<" + text + "> " + KSR.crypto.aes_decrypt(text, key, "$var(d)") + " " + KSR.pv.get("$var(d)") + "\n";
	}
	KEYS.forEach(function (key) {
		both("", key);
		both("a", key);
		both("0123456789abcdef", key);
		both("a text that is longer than two blocks of AES", key);
	});
	[].forEach(function (text) {
		decrypt(text, KEYS[0]);
	});
	out += KSR.crypto.aes_encrypt("a", KEYS[0], "$nosuch(x)") + "" + KSR.crypto.aes_decrypt("a", KEYS[0], "x") + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
