function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textopsx[name].apply(null, args) + "\n";
	}
	function show(variable) {
		out += variable + " is [" + KSR.pv.getw(variable) + "]\n";
	}
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_start", "b");
	attempt("bl_iterator_value", "b");
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_value", "b");
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_value", "b");
	show("$blitval(b)");
	attempt("bl_iterator_rm", "b");
	attempt("bl_iterator_append", "b", "x");
	attempt("bl_iterator_insert", "b", "x");
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_value", "b");
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_value", "b");
	attempt("bl_iterator_rm", "b");
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_start", "b");
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_end", "b");
	attempt("bl_iterator_value", "b");
	attempt("bl_iterator_next", "b");
	attempt("bl_iterator_value", "none");
	attempt("bl_iterator_end", "none");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
