var out;
function add(name, v) {
	out += name + " = " + (v === null ? "null" : typeof v) + " " + v + "\n";
}

function ksr_xhttp_event(evname) {
	out = "";
	add("$hfl(Contact)", KSR.pv.get("$hfl(Contact)"));
	add("$(hfl(Contact)[1])", KSR.pv.get("$(hfl(Contact)[1])"));
	add("$(hfl(Contact)[2])", KSR.pv.get("$(hfl(Contact)[2])"));
	add("$(hfl(m)[3])", KSR.pv.get("$(hfl(m)[3])"));
	add("$(hfl(Contact)[4])", KSR.pv.get("$(hfl(Contact)[4])"));
	add("$(hfl(Contact)[5])", KSR.pv.get("$(hfl(Contact)[5])"));
	add("$(hfl(Contact)[-1])", KSR.pv.get("$(hfl(Contact)[-1])"));
	add("$(hfl(Contact)[-2])", KSR.pv.get("$(hfl(Contact)[-2])"));
	add("$(hfl(Contact)[-6])", KSR.pv.get("$(hfl(Contact)[-6])"));
	add("$(hfl(Contact)[*])", KSR.pv.get("$(hfl(Contact)[*])"));
	add("$hflc(Contact)", KSR.pv.get("$hflc(Contact)"));
	add("$hdrc(Contact)", KSR.pv.get("$hdrc(Contact)"));
	add("$(hfl(Route)[-1])", KSR.pv.get("$(hfl(Route)[-1])"));
	add("$(hfl(Route)[-2])", KSR.pv.get("$(hfl(Route)[-2])"));
	add("$(hfl(Route)[-4])", KSR.pv.get("$(hfl(Route)[-4])"));
	add("$(hfl(Route)[0])", KSR.pv.get("$(hfl(Route)[0])"));
	add("$(hfl(Route)[*])", KSR.pv.get("$(hfl(Route)[*])"));
	add("$hflc(Route)", KSR.pv.get("$hflc(Route)"));
	add("$(hfl(X-A)[-1])", KSR.pv.get("$(hfl(X-A)[-1])"));
	add("$(hfl(*)[2])", KSR.pv.get("$(hfl(*)[2])"));
	add("$hdrc(*)", KSR.pv.get("$hdrc(*)"));
	add("$hflc(*)", KSR.pv.get("$hflc(*)"));
	add("$(hdr(X-A)[-])", KSR.pv.get("$(hdr(X-A)[-])"));
	add("$(hdr(X-A)[01])", KSR.pv.get("$(hdr(X-A)[01])"));
	add("$(hdr(X-A)[4294967297])", KSR.pv.get("$(hdr(X-A)[4294967297])"));
	add("$(hdr(X-A)[-4294967297])", KSR.pv.get("$(hdr(X-A)[-4294967297])"));
	add("$(hdr(X-A)[2147483648])", KSR.pv.get("$(hdr(X-A)[2147483648])"));
	add("$var(i) = 1", KSR.pv.seti("$var(i)", 1));
	add("$(hdr(X-A)[$var(i)])", KSR.pv.get("$(hdr(X-A)[$var(i)])"));
	add("$(hdr(X-A)[$(hdr(X-A){s.int})])", KSR.pv.get("$(hdr(X-A)[$(hdr(X-A){s.int})])"));
	add("$(hdr(X-A)[$hdr(X-A)])", KSR.pv.get("$(hdr(X-A)[$hdr(X-A)])"));
	add("$(hdr(X-A)[*])", KSR.pv.get("$(hdr(X-A)[*])"));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
