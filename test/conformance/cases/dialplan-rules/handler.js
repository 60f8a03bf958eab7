var texts = ["0049123", "112", "01234", "1234", "12345", "71", "91", "61", "aBBBbbb", "yes", "y", "xy", ""];

function ksr_xhttp_event() {
	var out = [];
	function show() { out.push([].slice.call(arguments).join(" ")); }
	function fresh() {
		KSR.pv.sets("$var(out)", "old");
		KSR.pv.unset("$avp(attrs)");
	}
	function kept() { return KSR.pv.gete("$var(out)") + " [" + KSR.pv.gete("$avp(attrs)") + "]"; }
	for (var id = 1; id <= 4; id++)
		for (var i = 0; i < texts.length; i++) {
			fresh();
			var match = KSR.dialplan.dp_match(id, texts[i]);
			show(id, texts[i], match, kept());
			fresh();
			var replace = KSR.dialplan.dp_replace(id, texts[i], "$var(out)");
			show(replace, kept());
			fresh();
			KSR.pv.sets("$var(in)", texts[i]);
			var translate = KSR.dialplan.dp_translate_vars(id, "$var(in)", "$var(out)");
			show(translate, kept());
		}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out.join("\n"));
}
