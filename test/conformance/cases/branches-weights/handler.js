function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.5 \"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0.5 "); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\" 0.5\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x"," 0.5"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.0\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","1.0"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.000\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","1.000"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.0001\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","1.0001"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.001\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","1.001"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"00.5\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","00.5"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\".\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","."); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","1."); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.55555\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0.55555"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.5x\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0.5x"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"5\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","5"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"-1\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","-1"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.05\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0.05"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.005\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0.005"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.0005\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0.0005"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"01\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","01"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"10\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","10"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0,5\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0,5"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1 \"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","1 "); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"\\t.5\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","\t.5"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.5 1\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0.5 1"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","0"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x",""); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.5\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x","1.5"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"sip:q@x\",\".5\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("sip:q@x",".5"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[-1])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[-1])"); }) + "\n";
	out += "KSR.pv.unset(\"$(branch(uri)[0])\"): " + attempt(function () { return KSR.pv.unset("$(branch(uri)[0])"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
