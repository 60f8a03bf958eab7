function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.pv.get(\"$bR\"): " + attempt(function () { return KSR.pv.get("$bR"); }) + "\n";
	out += "KSR.pv.sets(\"$ru\",\"sip:u@x\"): " + attempt(function () { return KSR.pv.sets("$ru","sip:u@x"); }) + "\n";
	out += "KSR.pv.sets(\"$du\",\"sip:d@x\"): " + attempt(function () { return KSR.pv.sets("$du","sip:d@x"); }) + "\n";
	out += "KSR.setbflag(3): " + attempt(function () { return KSR.setbflag(3); }) + "\n";
	out += "KSR.corex.append_branch_uri(\"sip:a@b\"): " + attempt(function () { return KSR.corex.append_branch_uri("sip:a@b"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(dst_uri)[1])\"): " + attempt(function () { return KSR.pv.get("$(branch(dst_uri)[1])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(flags)[1])\"): " + attempt(function () { return KSR.pv.get("$(branch(flags)[1])"); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.pv.get(\"$branch(count)\"): " + attempt(function () { return KSR.pv.get("$branch(count)"); }) + "\n";
	out += "KSR.corex.append_branch_uri(\"\"): " + attempt(function () { return KSR.corex.append_branch_uri(""); }) + "\n";
	out += "KSR.pv.get(\"$(branch(dst_uri)[2])\"): " + attempt(function () { return KSR.pv.get("$(branch(dst_uri)[2])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(flags)[2])\"): " + attempt(function () { return KSR.pv.get("$(branch(flags)[2])"); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.pv.get(\"$branch(count)\"): " + attempt(function () { return KSR.pv.get("$branch(count)"); }) + "\n";
	out += "KSR.pv.sets(\"$du\",\"sip:d@x\"): " + attempt(function () { return KSR.pv.sets("$du","sip:d@x"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"\",\"x\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("","x"); }) + "\n";
	out += "KSR.corex.append_branch_uri_q(\"\",\"0.7\"): " + attempt(function () { return KSR.corex.append_branch_uri_q("","0.7"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(uri)[3])\"): " + attempt(function () { return KSR.pv.get("$(branch(uri)[3])"); }) + "\n";
	out += "KSR.pv.get(\"$(branch(q)[3])\"): " + attempt(function () { return KSR.pv.get("$(branch(q)[3])"); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.pv.get(\"$branch(count)\"): " + attempt(function () { return KSR.pv.get("$branch(count)"); }) + "\n";
	out += "KSR.pv.get(\"$bR\"): " + attempt(function () { return KSR.pv.get("$bR"); }) + "\n";
	out += "KSR.pv.get(\"$ds\"): " + attempt(function () { return KSR.pv.get("$ds"); }) + "\n";
	out += "KSR.corex.append_branch_uri(\"no uri\"): " + attempt(function () { return KSR.corex.append_branch_uri("no uri"); }) + "\n";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.pv.sets(\"$du\",\"sip:d@x\"): " + attempt(function () { return KSR.pv.sets("$du","sip:d@x"); }) + "\n";
	out += "KSR.corex.append_branch_uri(\"sip:a@b\"): " + attempt(function () { return KSR.corex.append_branch_uri("sip:a@b"); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.corex.append_branch(): " + attempt(function () { return KSR.corex.append_branch(); }) + "\n";
	out += "KSR.pv.get(\"$du\"): " + attempt(function () { return KSR.pv.get("$du"); }) + "\n";
	out += "KSR.pv.get(\"$bf\"): " + attempt(function () { return KSR.pv.get("$bf"); }) + "\n";
	out += "KSR.pv.get(\"$ru\"): " + attempt(function () { return KSR.pv.get("$ru"); }) + "\n";
	out += "KSR.pv.get(\"$branch(count)\"): " + attempt(function () { return KSR.pv.get("$branch(count)"); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
