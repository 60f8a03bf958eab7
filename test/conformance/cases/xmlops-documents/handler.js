function ksr_xhttp_event() {
	var out = [];
	KSR.pv.sets("$xml(a=>doc)", "<o><i n='1'>tea</i><i n='2'>a &amp; b</i></o>");
	KSR.pv.sets("$var(n)", "2");
	out.push(KSR.pv.get("$xml(a=>xpath:/o/i)"), KSR.pv.get("$xml(a=>xpath:/o/i[@n='$var(n)']/text())"));
	out.push(KSR.pv.sets("$xml(a=>xpath:/o/i[1])", "caf\u00e9"), KSR.pv.get("$xml(a=>doc)"));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out.join("\n"));
}
