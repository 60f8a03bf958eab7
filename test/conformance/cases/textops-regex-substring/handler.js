function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textops[name].apply(null, args) + "\n";
	}
	function show(variable) {
		out += variable + " is [" + KSR.pv.getw(variable) + "]\n";
	}
	attempt("regex_substring", "id=42;x", "[0-9]+", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 1, 3, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 2, 3, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 2, 2, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 3, 4, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "nothing", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "(", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "ID", "id", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "^id", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "id=42;x", "x$", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "aXb", "a(X)|(Y)b", 2, 3, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "abc", "x*", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "one\ntwo", "e.t", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "", "a", 0, 1, "$var(r)");
	show("$var(r)");
	attempt("regex_substring", "abc", "b", 0, 1, "$si");
	attempt("regex_substring", "abc", "b", 0, 1, "$nosuch");
	attempt("regex_substring", "abc", "b", 0, 1, "r");
	attempt("regex_substring", "abc", "b", 0, 1, "");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
