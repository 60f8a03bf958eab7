function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(name) {
		var args = Array.prototype.slice.call(arguments, 1);
		out += name + " " + args.join(" ") + " = " + KSR.textops[name].apply(null, args) + "\n";
	}
	attempt("is_audio_on_hold");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
