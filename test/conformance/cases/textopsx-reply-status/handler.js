function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.textopsx.change_reply_status(100, 'No'): " + show(KSR.textopsx.change_reply_status(100, 'No')) + "\n";
	out += "KSR.textopsx.change_reply_status(200, 'No'): " + show(KSR.textopsx.change_reply_status(200, 'No')) + "\n";
	out += "KSR.textopsx.change_reply_status(299, 'No'): " + show(KSR.textopsx.change_reply_status(299, 'No')) + "\n";
	out += "KSR.textopsx.change_reply_status(404, ''): " + show(KSR.textopsx.change_reply_status(404, '')) + "\n";
	out += "KSR.textopsx.change_reply_status(99, 'No'): " + show(KSR.textopsx.change_reply_status(99, 'No')) + "\n";
	out += "KSR.textopsx.change_reply_status(700, 'No'): " + show(KSR.textopsx.change_reply_status(700, 'No')) + "\n";
	out += "KSR.textopsx.change_reply_status_code(99): " + show(KSR.textopsx.change_reply_status_code(99)) + "\n";
	out += "KSR.textopsx.change_reply_status_code(200): " + show(KSR.textopsx.change_reply_status_code(200)) + "\n";
	out += "KSR.is_SCTP(): " + show(KSR.is_SCTP()) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
