function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textops[name].apply(null, args) + "\n";
	}
	attempt("has_body");
	attempt("has_body_type", "");
	attempt("has_body_type", "application/json");
	attempt("has_body_type", "application/xml");
	attempt("has_body_type", "application/sdp");
	attempt("has_body_type", "text/plain");
	attempt("has_body_type", "TEXT/PLAIN");
	attempt("has_body_type", "text/html");
	attempt("has_body_type", "image/png");
	attempt("has_body_type", "video/mp4");
	attempt("has_body_type", "text/*");
	attempt("has_body_type", "*/*");
	attempt("has_body_type", "*/plain");
	attempt("has_body_type", "text");
	attempt("has_body_type", "text/plain;a=b");
	attempt("has_body_type", "text/plain, text/html");
	attempt("has_body_type", " text / plain ");
	attempt("has_body_type", "multipart/mixed");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
