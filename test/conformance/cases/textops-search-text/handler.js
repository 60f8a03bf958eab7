function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textops[name].apply(null, args) + "\n";
	}
	attempt("search_str", "abc123", "[0-9]+$");
	attempt("search_str", "abc", "[0-9]");
	attempt("search_str", "ABC", "abc");
	attempt("search_str", "abc", "^B");
	attempt("search_str", "one\ntwo", "^two");
	attempt("search_str", "one\ntwo", "one$");
	attempt("search_str", "one\ntwo", "one.two");
	attempt("search_str", "one\ntwo", "e[^x]t");
	attempt("search_str", "abc", "");
	attempt("search_str", "", "abc");
	attempt("search_str", "", "");
	attempt("search_str", "abc", "(");
	attempt("search_str", "abc", "*");
	attempt("search_str", "abc", "[z-a]");
	attempt("search_str", "abc", "a{2,1}");
	attempt("search_str", "aabb", "^(a{2})(b{2})$");
	attempt("search_str", "abc", "a|x");
	attempt("search_str", "a.c", "a\\.c");
	attempt("search_str", "abc", "a\\.c");
	attempt("search_str", "x y", "[[:space:]]");
	attempt("search_str", "xy", "[[:nope:]]");
	attempt("search_str", "word", "\\<word\\>");
	attempt("search_str", "words", "\\<word\\>");
	attempt("search_str", "tab\there", "\t");
	attempt("search_str", "a+b", "a+b");
	attempt("search_str", "aab", "^a+b");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
