function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textops[name].apply(null, args) + "\n";
	}
	function show(variable) {
		out += variable + " is [" + KSR.pv.getw(variable) + "]\n";
	}
	attempt("get_body_part", "text/plain", "$var(part)");
	show("$var(part)");
	attempt("get_body_part_raw", "text/plain", "$var(part)");
	show("$var(part)");
	attempt("remove_body_part", "text/plain");
	attempt("filter_body", "text/plain");
	attempt("get_body_part", "APPLICATION/JSON", "$var(part)");
	show("$var(part)");
	attempt("get_body_part_raw", "APPLICATION/JSON", "$var(part)");
	show("$var(part)");
	attempt("remove_body_part", "APPLICATION/JSON");
	attempt("filter_body", "APPLICATION/JSON");
	attempt("get_body_part", "image/png", "$var(part)");
	show("$var(part)");
	attempt("get_body_part_raw", "image/png", "$var(part)");
	show("$var(part)");
	attempt("remove_body_part", "image/png");
	attempt("filter_body", "image/png");
	attempt("get_body_part", "text", "$var(part)");
	show("$var(part)");
	attempt("get_body_part_raw", "text", "$var(part)");
	show("$var(part)");
	attempt("remove_body_part", "text");
	attempt("filter_body", "text");
	attempt("get_body_part", "text/plain; charset=utf-8", "$var(part)");
	show("$var(part)");
	attempt("get_body_part_raw", "text/plain; charset=utf-8", "$var(part)");
	show("$var(part)");
	attempt("remove_body_part", "text/plain; charset=utf-8");
	attempt("filter_body", "text/plain; charset=utf-8");
	attempt("append_body_part", "more", "text/plain");
	attempt("append_body_part", "", "text/plain");
	attempt("append_body_part_cd", "more", "text/plain", "inline");
	attempt("append_body_part_hex", "6d 6f", "text/plain");
	attempt("append_body_part_hex", "6d6", "text/plain");
	attempt("append_body_part_hex_cd", "zz", "text/plain", "inline");
	attempt("set_body_multipart", "x", "text/plain", "b2");
	attempt("set_body_multipart_mode");
	attempt("set_body_multipart_boundary", "b2");
	attempt("set_body_multipart_boundary", "-b2");
	attempt("set_body_multipart_content", "x", "text/plain");
	attempt("set_body_multipart_content", "", "text/plain");
	attempt("get_body_part", "text/plain", "$si2");
	attempt("get_body_part", "text/plain", "");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
