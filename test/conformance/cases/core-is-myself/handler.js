function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name, call) {
		var args = Array.prototype.slice.call(arguments, 2);
		var result = call.apply(null, args);
		out += name + "(" + args.join(", ") + ") = " + (result === null ? "nil" : result) + "\n";
	}
	attempt("is_myself", KSR.is_myself, "127.0.0.1");
	attempt("is_myself", KSR.is_myself, "localhost");
	attempt("is_myself", KSR.is_myself, "LOCALHOST");
	attempt("is_myself", KSR.is_myself, "127.0.0.1:80");
	attempt("is_myself", KSR.is_myself, "127.0.0.2");
	attempt("is_myself", KSR.is_myself, "sip:127.0.0.1");
	attempt("is_myself", KSR.is_myself, "sips:127.0.0.1");
	attempt("is_myself", KSR.is_myself, "sip:x@127.0.0.1");
	attempt("is_myself", KSR.is_myself, "sip:x@localhost");
	attempt("is_myself", KSR.is_myself, "SIP:x@127.0.0.1");
	attempt("is_myself", KSR.is_myself, "sip:127.0.0.1:1");
	attempt("is_myself", KSR.is_myself, "sip:127.0.0.1;transport=udp");
	attempt("is_myself", KSR.is_myself, "sip:127.0.0.1;transport=tcp");
	attempt("is_myself", KSR.is_myself, "sip:127.0.0.1;transport=x");
	attempt("is_myself", KSR.is_myself, "sip:");
	attempt("is_myself", KSR.is_myself, "sip:a@");
	attempt("is_myself", KSR.is_myself, "tel:123");
	attempt("is_myself", KSR.is_myself, "http://127.0.0.1");
	attempt("is_myself", KSR.is_myself, "sip");
	attempt("is_myself", KSR.is_myself, "");
	attempt("is_myself", KSR.is_myself, " 127.0.0.1");
	attempt("is_myself", KSR.is_myself, "sip:127.0.0.1?x=y");
	attempt("is_myself", KSR.is_myself, "sip:a:b@127.0.0.1");
	attempt("is_myself_srcip", KSR.is_myself_srcip);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
