function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.pv.sets(\"$br\",\"sip:a@b\"): " + attempt(function () { return KSR.pv.sets("$br","sip:a@b"); }) + "\n";
	out += "KSR.isbflagset(0): " + attempt(function () { return KSR.isbflagset(0); }) + "\n";
	out += "KSR.setbflag(0): " + attempt(function () { return KSR.setbflag(0); }) + "\n";
	out += "KSR.isbflagset(0): " + attempt(function () { return KSR.isbflagset(0); }) + "\n";
	out += "KSR.resetbflag(0): " + attempt(function () { return KSR.resetbflag(0); }) + "\n";
	out += "KSR.isbflagset(0): " + attempt(function () { return KSR.isbflagset(0); }) + "\n";
	out += "KSR.isbflagset(31): " + attempt(function () { return KSR.isbflagset(31); }) + "\n";
	out += "KSR.setbflag(31): " + attempt(function () { return KSR.setbflag(31); }) + "\n";
	out += "KSR.isbflagset(31): " + attempt(function () { return KSR.isbflagset(31); }) + "\n";
	out += "KSR.resetbflag(31): " + attempt(function () { return KSR.resetbflag(31); }) + "\n";
	out += "KSR.isbflagset(31): " + attempt(function () { return KSR.isbflagset(31); }) + "\n";
	out += "KSR.isbflagset(32): " + attempt(function () { return KSR.isbflagset(32); }) + "\n";
	out += "KSR.setbflag(32): " + attempt(function () { return KSR.setbflag(32); }) + "\n";
	out += "KSR.isbflagset(32): " + attempt(function () { return KSR.isbflagset(32); }) + "\n";
	out += "KSR.resetbflag(32): " + attempt(function () { return KSR.resetbflag(32); }) + "\n";
	out += "KSR.isbflagset(32): " + attempt(function () { return KSR.isbflagset(32); }) + "\n";
	out += "KSR.isbflagset(-1): " + attempt(function () { return KSR.isbflagset(-1); }) + "\n";
	out += "KSR.setbflag(-1): " + attempt(function () { return KSR.setbflag(-1); }) + "\n";
	out += "KSR.isbflagset(-1): " + attempt(function () { return KSR.isbflagset(-1); }) + "\n";
	out += "KSR.resetbflag(-1): " + attempt(function () { return KSR.resetbflag(-1); }) + "\n";
	out += "KSR.isbflagset(-1): " + attempt(function () { return KSR.isbflagset(-1); }) + "\n";
	out += "KSR.isbiflagset(5, 0): " + attempt(function () { return KSR.isbiflagset(5, 0); }) + "\n";
	out += "KSR.setbiflag(5, 0): " + attempt(function () { return KSR.setbiflag(5, 0); }) + "\n";
	out += "KSR.isbiflagset(5, 0): " + attempt(function () { return KSR.isbiflagset(5, 0); }) + "\n";
	out += "KSR.resetbiflag(5, 0): " + attempt(function () { return KSR.resetbiflag(5, 0); }) + "\n";
	out += "KSR.isbiflagset(5, 0): " + attempt(function () { return KSR.isbiflagset(5, 0); }) + "\n";
	out += "KSR.isbiflagset(5, 1): " + attempt(function () { return KSR.isbiflagset(5, 1); }) + "\n";
	out += "KSR.setbiflag(5, 1): " + attempt(function () { return KSR.setbiflag(5, 1); }) + "\n";
	out += "KSR.isbiflagset(5, 1): " + attempt(function () { return KSR.isbiflagset(5, 1); }) + "\n";
	out += "KSR.resetbiflag(5, 1): " + attempt(function () { return KSR.resetbiflag(5, 1); }) + "\n";
	out += "KSR.isbiflagset(5, 1): " + attempt(function () { return KSR.isbiflagset(5, 1); }) + "\n";
	out += "KSR.isbiflagset(5, 2): " + attempt(function () { return KSR.isbiflagset(5, 2); }) + "\n";
	out += "KSR.setbiflag(5, 2): " + attempt(function () { return KSR.setbiflag(5, 2); }) + "\n";
	out += "KSR.isbiflagset(5, 2): " + attempt(function () { return KSR.isbiflagset(5, 2); }) + "\n";
	out += "KSR.resetbiflag(5, 2): " + attempt(function () { return KSR.resetbiflag(5, 2); }) + "\n";
	out += "KSR.isbiflagset(5, 2): " + attempt(function () { return KSR.isbiflagset(5, 2); }) + "\n";
	out += "KSR.isbiflagset(5, -1): " + attempt(function () { return KSR.isbiflagset(5, -1); }) + "\n";
	out += "KSR.setbiflag(5, -1): " + attempt(function () { return KSR.setbiflag(5, -1); }) + "\n";
	out += "KSR.isbiflagset(5, -1): " + attempt(function () { return KSR.isbiflagset(5, -1); }) + "\n";
	out += "KSR.resetbiflag(5, -1): " + attempt(function () { return KSR.resetbiflag(5, -1); }) + "\n";
	out += "KSR.isbiflagset(5, -1): " + attempt(function () { return KSR.isbiflagset(5, -1); }) + "\n";
	out += "KSR.isbiflagset(32, 0): " + attempt(function () { return KSR.isbiflagset(32, 0); }) + "\n";
	out += "KSR.setbiflag(32, 0): " + attempt(function () { return KSR.setbiflag(32, 0); }) + "\n";
	out += "KSR.isbiflagset(32, 0): " + attempt(function () { return KSR.isbiflagset(32, 0); }) + "\n";
	out += "KSR.resetbiflag(32, 0): " + attempt(function () { return KSR.resetbiflag(32, 0); }) + "\n";
	out += "KSR.isbiflagset(32, 0): " + attempt(function () { return KSR.isbiflagset(32, 0); }) + "\n";
	out += "KSR.isbiflagset(32, 1): " + attempt(function () { return KSR.isbiflagset(32, 1); }) + "\n";
	out += "KSR.setbiflag(32, 1): " + attempt(function () { return KSR.setbiflag(32, 1); }) + "\n";
	out += "KSR.isbiflagset(32, 1): " + attempt(function () { return KSR.isbiflagset(32, 1); }) + "\n";
	out += "KSR.resetbiflag(32, 1): " + attempt(function () { return KSR.resetbiflag(32, 1); }) + "\n";
	out += "KSR.isbiflagset(32, 1): " + attempt(function () { return KSR.isbiflagset(32, 1); }) + "\n";
	out += "KSR.isbiflagset(32, 2): " + attempt(function () { return KSR.isbiflagset(32, 2); }) + "\n";
	out += "KSR.setbiflag(32, 2): " + attempt(function () { return KSR.setbiflag(32, 2); }) + "\n";
	out += "KSR.isbiflagset(32, 2): " + attempt(function () { return KSR.isbiflagset(32, 2); }) + "\n";
	out += "KSR.resetbiflag(32, 2): " + attempt(function () { return KSR.resetbiflag(32, 2); }) + "\n";
	out += "KSR.isbiflagset(32, 2): " + attempt(function () { return KSR.isbiflagset(32, 2); }) + "\n";
	out += "KSR.isbiflagset(32, -1): " + attempt(function () { return KSR.isbiflagset(32, -1); }) + "\n";
	out += "KSR.setbiflag(32, -1): " + attempt(function () { return KSR.setbiflag(32, -1); }) + "\n";
	out += "KSR.isbiflagset(32, -1): " + attempt(function () { return KSR.isbiflagset(32, -1); }) + "\n";
	out += "KSR.resetbiflag(32, -1): " + attempt(function () { return KSR.resetbiflag(32, -1); }) + "\n";
	out += "KSR.isbiflagset(32, -1): " + attempt(function () { return KSR.isbiflagset(32, -1); }) + "\n";
	out += "KSR.setbflag(3): " + attempt(function () { return KSR.setbflag(3); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	out += "KSR.pv.get(\"$bF\"): " + attempt(function () { return KSR.pv.get("$bF"); }) + "\n";
	out += "KSR.pv.seti(\"$bf\", 5): " + attempt(function () { return KSR.pv.seti("$bf", 5); }) + "\n";
	out += "KSR.isbflagset(2): " + attempt(function () { return KSR.isbflagset(2); }) + "\n";
	out += "KSR.setbflag(31): " + attempt(function () { return KSR.setbflag(31); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	out += "KSR.setbiflag(7, 1): " + attempt(function () { return KSR.setbiflag(7, 1); }) + "\n";
	out += "KSR.pv.get(\"$branch(flags)\"): " + attempt(function () { return KSR.pv.get("$branch(flags)"); }) + "\n";
	out += "KSR.setflag(31): " + attempt(function () { return KSR.setflag(31); }) + "\n";
	out += "KSR.pv.get(\"$mf\"): " + attempt(function () { return KSR.pv.get("$mf"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
