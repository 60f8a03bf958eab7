function ksr_xhttp_event(evname) {
	var r = KSR.jsonrpcs.exec(KSR.pv.gete("$rb"));
	var text = "[" + r + "]";
	if (r === 1)
		text += " [" + KSR.pv.getw("$jsonrpl(code)") + "] [" + KSR.pv.getw("$jsonrpl(text)") + "] [" + KSR.pv.getw("$jsonrpl(body)") + "]";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", text);
}
