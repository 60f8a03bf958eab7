function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textops[name].apply(null, args) + "\n";
	}
	attempt("in_list", "b", "a,b,c", ",");
	attempt("in_list", "b", " a , b ,c", ",");
	attempt("in_list", "c", "a,b, c ", ",");
	attempt("in_list", "bcd", "a,bc,d", ",");
	attempt("in_list", "a b", "a b;c", ";");
	attempt("in_list", "b", "a b c", " ");
	attempt("in_list", "B", "a,b", ",");
	attempt("in_list", "b", "a;b", ",");
	attempt("in_list", "b", "a,,b", ",");
	attempt("in_list", "b", ",b", ",");
	attempt("in_list", "", "a,,b", ",");
	attempt("in_list", "b", "", ",");
	attempt("in_list", "b", "b", "");
	attempt("in_list", "b", "a\tb\n,b\n", ",");
	attempt("in_list", "b", "a;b,b", ",;");
	attempt("in_list", " b", "a, b", ",");
	attempt("in_list", "x", "a,", ",");
	attempt("in_list", "ab", "a,b", ",");
	attempt("in_list_prefix", "b", "a,b,c", ",");
	attempt("in_list_prefix", "b", " a , b ,c", ",");
	attempt("in_list_prefix", "c", "a,b, c ", ",");
	attempt("in_list_prefix", "bcd", "a,bc,d", ",");
	attempt("in_list_prefix", "a b", "a b;c", ";");
	attempt("in_list_prefix", "b", "a b c", " ");
	attempt("in_list_prefix", "B", "a,b", ",");
	attempt("in_list_prefix", "b", "a;b", ",");
	attempt("in_list_prefix", "b", "a,,b", ",");
	attempt("in_list_prefix", "b", ",b", ",");
	attempt("in_list_prefix", "", "a,,b", ",");
	attempt("in_list_prefix", "b", "", ",");
	attempt("in_list_prefix", "b", "b", "");
	attempt("in_list_prefix", "b", "a\tb\n,b\n", ",");
	attempt("in_list_prefix", "b", "a;b,b", ",;");
	attempt("in_list_prefix", " b", "a, b", ",");
	attempt("in_list_prefix", "x", "a,", ",");
	attempt("in_list_prefix", "ab", "a,b", ",");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
