function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textopsx[name].apply(null, args) + "\n";
	}
	function show(variable) {
		out += variable + " is [" + KSR.pv.getw(variable) + "]\n";
	}
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_start", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_hbody", "i");
	show("$hfitname(i)");
	show("$hfitbody(i)");
	attempt("hf_iterator_prev", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_prev", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_prev", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_rm", "i");
	attempt("hf_iterator_append", "i", "X-New: 1\r\n");
	attempt("hf_iterator_insert", "i", "X-New: 1\r\n");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_prev", "i");
	attempt("hf_iterator_rm", "i");
	attempt("hf_iterator_end", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_next", "i");
	attempt("hf_iterator_hname", "i");
	attempt("hf_iterator_start", "two");
	attempt("hf_iterator_start", "three");
	attempt("hf_iterator_start", "four");
	attempt("hf_iterator_start", "five");
	attempt("hf_iterator_start", "i");
	attempt("hf_iterator_hname", "five");
	attempt("hf_iterator_end", "five");
	attempt("hf_iterator_start", "a name that is longer than thirty-one bytes");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
