var paths = ["", ".", "..", "a", "a.", "a..", "a.b", "a.b[", "a.b[]", "a.b[0", "a.b[0]", "a.b[0]x", "a.b[0].", "a.b[1][1]", "a.b[1].[1]", "a.b[2].c", "a.b[2]c", "a.b[-1]", "a.b[+1]", "a.b[-0]", "a.b[ 1]", "a.b[1 ]", "a.b[ ]", "a.b[0x1]", "l[010]", "l[08]", "l[0x]", "l[1e0]", "l[9]", "l[4294967296]", "l[99999999999999999999]", "a.b.c", "[0]", "[", "]", "a]", "A", "a[0]", "l.0", "9.1", "none", "none.x[1]"];
var listPaths = ["[0]", "[0][1]", "[1].x", "[1]x", "[1].", "[]", "[].x", "", "[2]", "[3]", "[-1]", "x", "[[0]]", "[0]]", "[0][0]["];

function ksr_xhttp_event(evname) {
	var out = "";
	(KSR.pv.get("$hu") == "/list" ? listPaths : paths).forEach(function (p) {
		KSR.pv.sets("$var(v)", "-");
		var ret = KSR.jansson.get(p, KSR.pv.gete("$rb"), "$var(v)");
		out += p + " : " + ret + " " + KSR.pv.get("$var(v)") + "\n";
	});
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
