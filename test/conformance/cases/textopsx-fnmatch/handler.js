function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textopsx[name].apply(null, args) + "\n";
	}
	attempt("fnmatch", "index.html", "*.html");
	attempt("fnmatch", "index.xml", "*.html");
	attempt("fnmatch", "", "*");
	attempt("fnmatch", "", "");
	attempt("fnmatch", "a", "?");
	attempt("fnmatch", "ab", "?");
	attempt("fnmatch", "a/b", "*");
	attempt("fnmatch", ".x", "*");
	attempt("fnmatch", "abc", "a*c");
	attempt("fnmatch", "abc", "a*d");
	attempt("fnmatch", "axxbxxc", "a*b*c");
	attempt("fnmatch", "b", "[a-c]");
	attempt("fnmatch", "d", "[a-c]");
	attempt("fnmatch", "d", "[!a-c]");
	attempt("fnmatch", "d", "[^a-c]");
	attempt("fnmatch", "]", "[]]");
	attempt("fnmatch", "-", "[a-]");
	attempt("fnmatch", "7", "[[:digit:]]");
	attempt("fnmatch", "x", "[[:digit:]]");
	attempt("fnmatch", "x", "[[:nope:]]");
	attempt("fnmatch", "*", "\\*");
	attempt("fnmatch", "x", "\\*");
	attempt("fnmatch", "[", "[");
	attempt("fnmatch", "[a", "[a");
	attempt("fnmatch", "a\\", "a\\");
	attempt("fnmatch", "A", "a");
	attempt("fnmatch", "A", "[a-z]");
	attempt("fnmatch_ex", "A", "a", "i");
	attempt("fnmatch_ex", "a", "a", "i");
	attempt("fnmatch_ex", "A", "a", "");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
