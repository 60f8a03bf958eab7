function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textops[name].apply(null, args) + "\n";
	}
	attempt("search", "^x-b: TWO");
	attempt("search", "^GET");
	attempt("search", "^POST /path");
	attempt("search", "second line");
	attempt("search", "^second");
	attempt("search", "nowhere");
	attempt("search", "");
	attempt("search", "(");
	attempt("search_body", "SECOND");
	attempt("search_body", "^second");
	attempt("search_body", "^x-a");
	attempt("search_body", "line$");
	attempt("search_body", "nowhere");
	attempt("search_body", "");
	attempt("search_body", "(");
	attempt("search_hf", "X-A", "one", "a");
	attempt("search_hf", "X-A", "three", "a");
	attempt("search_hf", "X-A", "three", "f");
	attempt("search_hf", "X-A", "three", "l");
	attempt("search_hf", "X-A", "one", "l");
	attempt("search_hf", "X-A", "one", "");
	attempt("search_hf", "x-a", "^one$", "f");
	attempt("search_hf", "X-Empty", "^$", "a");
	attempt("search_hf", "X-Empty", "x", "a");
	attempt("search_hf", "X-None", ".", "a");
	attempt("search_hf", "X-A", "", "a");
	attempt("search_hf", "", "one", "a");
	attempt("search_hf", "X-A", "(", "a");
	attempt("search_hf", "c", "plain", "a");
	attempt("is_present_hf_re", "^x-");
	attempt("is_present_hf_re", "^X-A$");
	attempt("is_present_hf_re", "-b$");
	attempt("is_present_hf_re", "none");
	attempt("is_present_hf_re", "^via$");
	attempt("is_present_hf_re", "");
	attempt("is_present_hf_re", "(");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
