function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.pvx.sbranch_append(): " + attempt(function () { return KSR.pvx.sbranch_append(); }) + "\n";
	out += "KSR.pvx.sbranch_set_ruri(): " + attempt(function () { return KSR.pvx.sbranch_set_ruri(); }) + "\n";
	out += "KSR.pv.sets(\"$sbranch(uri)\",\"sip:s@s\"): " + attempt(function () { return KSR.pv.sets("$sbranch(uri)","sip:s@s"); }) + "\n";
	out += "KSR.pv.sets(\"$sbranch(dst_uri)\",\"sip:d@s\"): " + attempt(function () { return KSR.pv.sets("$sbranch(dst_uri)","sip:d@s"); }) + "\n";
	out += "KSR.pv.sets(\"$sbranch(path)\",\"<sip:p@s>\"): " + attempt(function () { return KSR.pv.sets("$sbranch(path)","<sip:p@s>"); }) + "\n";
	out += "KSR.pv.seti(\"$sbranch(q)\",500): " + attempt(function () { return KSR.pv.seti("$sbranch(q)",500); }) + "\n";
	out += "KSR.pv.seti(\"$sbranch(flags)\",5): " + attempt(function () { return KSR.pv.seti("$sbranch(flags)",5); }) + "\n";
	out += "KSR.pv.sets(\"$sbranch(send_socket)\",\"tcp:127.0.0.1:1\"): " + attempt(function () { return KSR.pv.sets("$sbranch(send_socket)","tcp:127.0.0.1:1"); }) + "\n";
	out += "KSR.pv.get(\"$sbranch(q)\"): " + attempt(function () { return KSR.pv.get("$sbranch(q)"); }) + "\n";
	out += "KSR.pvx.sbranch_append(): " + attempt(function () { return KSR.pvx.sbranch_append(); }) + "\n";
	out += "KSR.pv.get(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.get("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(dst_uri)[0])\"): " + attempt(function () { return KSR.pv.get("$(branch(dst_uri)[0])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(path)[0])\"): " + attempt(function () { return KSR.pv.get("$(branch(path)[0])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[0])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[0])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(flags)[0])\"): " + attempt(function () { return KSR.pv.get("$(branch(flags)[0])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(send_socket)[0])\"): " + attempt(function () { return KSR.pv.get("$(branch(send_socket)[0])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(count)[0])\"): " + attempt(function () { return KSR.pv.get("$(branch(count)[0])"); }) + "\n";
	out += "KSR.pvx.sbranch_set_ruri(): " + attempt(function () { return KSR.pvx.sbranch_set_ruri(); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	out += "KSR.pv.get(\"$fs\"): " + attempt(function () { return KSR.pv.get("$fs"); }) + "\n";
	out += "KSR.pv.get(\"$sbranch(uri)\"): " + attempt(function () { return KSR.pv.get("$sbranch(uri)"); }) + "\n";
	out += "KSR.pv.get(\"$branch(count)\"): " + attempt(function () { return KSR.pv.get("$branch(count)"); }) + "\n";
	out += "KSR.pvx.sbranch_reset(): " + attempt(function () { return KSR.pvx.sbranch_reset(); }) + "\n";
	out += "KSR.pv.get(\"$sbranch(uri)\"): " + attempt(function () { return KSR.pv.get("$sbranch(uri)"); }) + "\n";
	out += "KSR.pvx.sbranch_append(): " + attempt(function () { return KSR.pvx.sbranch_append(); }) + "\n";
	out += "KSR.pvx.sbranch_set_ruri(): " + attempt(function () { return KSR.pvx.sbranch_set_ruri(); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.pv.sets(\"$sbranch(uri)\",\"sip:s@t\"): " + attempt(function () { return KSR.pv.sets("$sbranch(uri)","sip:s@t"); }) + "\n";
	out += "KSR.pv.get(\"$sbranch(q)\"): " + attempt(function () { return KSR.pv.get("$sbranch(q)"); }) + "\n";
	out += "KSR.pv.get(\"$sbranch(flags)\"): " + attempt(function () { return KSR.pv.get("$sbranch(flags)"); }) + "\n";
	out += "KSR.pv.get(\"$sbranch(dst_uri)\"): " + attempt(function () { return KSR.pv.get("$sbranch(dst_uri)"); }) + "\n";
	out += "KSR.pvx.sbranch_set_ruri(): " + attempt(function () { return KSR.pvx.sbranch_set_ruri(); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
