function ksr_xhttp_event() {
	var out = [];
	function match(tree, number, mode) {
		KSR.pv.unset("$avp(tvalue)");
		var code = KSR.mtree.mt_match(tree, number, mode);
		out.push([tree, number, mode, code, KSR.pv.gete("$avp(tvalue)"), KSR.pv.gete("$(avp(tvalues)[*])"),
			KSR.pv.gete("$(avp(tdstid)[*])"), KSR.pv.gete("$(avp(tweight)[*])")].join(" | "));
	}
	match("plain", "493012", 0);
	match("plain", "493012", 2);
	match("plain", "9", 0);
	match("dw", "493012", 0);
	match("dw", "49", 0);
	match("none", "49", 0);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out.join("\n"));
}
