function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name, call) {
		var args = Array.prototype.slice.call(arguments, 2);
		var result = call.apply(null, args);
		out += name + "(" + args.join(", ") + ") = " + (result === null ? "nil" : result) + "\n";
	}
	attempt("remove", KSR.hdr.remove, "Host");
	attempt("remove", KSR.hdr.remove, "X");
	attempt("remove", KSR.hdr.remove, "x-y");
	attempt("remove", KSR.hdr.remove, "a b");
	attempt("remove", KSR.hdr.remove, "a:b");
	attempt("remove", KSR.hdr.remove, "a:");
	attempt("remove", KSR.hdr.remove, "");
	attempt("remove", KSR.hdr.remove, " a");
	attempt("remove", KSR.hdr.remove, "a ");
	attempt("remove", KSR.hdr.remove, "$x");
	attempt("remove", KSR.hdr.remove, "a=b");
	attempt("remove", KSR.hdr.remove, "a+b");
	attempt("remove", KSR.hdr.remove, "a~b");
	attempt("remove", KSR.hdr.remove, "(a)");
	attempt("remove", KSR.hdr.remove, "t");
	attempt("remove", KSR.hdr.remove, ".");
	attempt("remove", KSR.hdr.remove, "a: b");
	attempt("remove", KSR.hdr.remove, "a :b");
	attempt("append_after", KSR.hdr.append_after, "X: y", "Host");
	attempt("append_after", KSR.hdr.append_after, "X: y", "a b");
	attempt("append_after", KSR.hdr.append_after, "X: y", "");
	attempt("append_after", KSR.hdr.append_after, "X: y", "a: b");
	attempt("insert_before", KSR.hdr.insert_before, "X: y", "Host");
	attempt("insert_before", KSR.hdr.insert_before, "X: y", "a b");
	attempt("insert_before", KSR.hdr.insert_before, "X: y", "");
	attempt("insert_before", KSR.hdr.insert_before, "X: y", "a: b");
	attempt("rmappend", KSR.hdr.rmappend, "Host", "v");
	attempt("rmappend", KSR.hdr.rmappend, "a b", "v");
	attempt("rmappend", KSR.hdr.rmappend, "", "v");
	attempt("rmappend", KSR.hdr.rmappend, "a: b", "v");
	attempt("rminsert", KSR.hdr.rminsert, "Host", "v");
	attempt("rminsert", KSR.hdr.rminsert, "a b", "v");
	attempt("rminsert", KSR.hdr.rminsert, "", "v");
	attempt("rminsert", KSR.hdr.rminsert, "a: b", "v");
	attempt("append", KSR.hdr.append, "");
	attempt("append", KSR.hdr.append, "a b: c");
	attempt("insert", KSR.hdr.insert, "X");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
