function show(v) {
	return v === null ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var doc = '{"s":"text","i":7,"n":null,"o":{"a":1},"r":1.5,"u":"no uri"}';
	var out = "";
	function get(path, name) {
		var ret = KSR.jansson.get(path, doc, name);
		out += path + " -> " + name + ": " + ret + " " + show(KSR.pv.get(name)) + "\n";
	}
	["s", "i", "n", "o", "r"].forEach(function (p) {
		get(p, "$avp(a)");
	});
	get("n", "$avp(a)");
	KSR.pv.sets("$var(v)", "x");
	get("n", "$var(v)");
	get("s", "$vn(v)");
	get("n", "$vn(v)");
	get("i", "$shv(v)");
	get("s", "$xavp(x=>y)");
	get("s", "$si");
	get("s", "$hdr(Host)");
	get("s", "$nosuch(v)");
	get("s", "var(v)");
	get("s", "");
	get("u", "$ru");
	get("none", "$si");
	get("none", "$nosuch(v)");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
