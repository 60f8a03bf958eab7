function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.pv.sets('$xavp(a=>b)', 'one'): " + show(KSR.pv.sets('$xavp(a=>b)', 'one')) + "\n";
	out += "KSR.pv.sets('$xavp(a[0]=>b[0]=>c)', 'two'): " + show(KSR.pv.sets('$xavp(a[0]=>b[0]=>c)', 'two')) + "\n";
	out += "KSR.pv.get('$xavp(a=>b[0]=>c[0])'): " + show(KSR.pv.get('$xavp(a=>b[0]=>c[0])')) + "\n";
	out += "KSR.pv.get('$xavp(a=>b[0])'): " + show(KSR.pv.get('$xavp(a=>b[0])')) + "\n";
	out += "KSR.pv.get('$xavp(a=>b[1])'): " + show(KSR.pv.get('$xavp(a=>b[1])')) + "\n";
	out += "KSR.pv.sets('$xavp(q=>b=>c)', 'three'): " + show(KSR.pv.sets('$xavp(q=>b=>c)', 'three')) + "\n";
	out += "KSR.pv.get('$xavp(q=>b)'): " + show(KSR.pv.get('$xavp(q=>b)')) + "\n";
	out += "KSR.pv.get('$xavp(q=>c)'): " + show(KSR.pv.get('$xavp(q=>c)')) + "\n";
	out += "KSR.pv.get('$xavp(q=>b and more)'): " + show(KSR.pv.get('$xavp(q=>b and more)')) + "\n";
	out += "KSR.pv.sets('$xavi(Q=>b=>c)', 'four'): " + show(KSR.pv.sets('$xavi(Q=>b=>c)', 'four')) + "\n";
	out += "KSR.pv.get('$xavi(q=>B=>d)'): " + show(KSR.pv.get('$xavi(q=>B=>d)')) + "\n";
	out += "KSR.pv.sets('$xavu(a=>b=>c)', 'five'): " + show(KSR.pv.sets('$xavu(a=>b=>c)', 'five')) + "\n";
	out += "KSR.pv.get('$xavu(a=>b=>c)'): " + show(KSR.pv.get('$xavu(a=>b=>c)')) + "\n";
	out += "KSR.pv.get('$xavu(a=>b)'): " + show(KSR.pv.get('$xavu(a=>b)')) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
