function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'sha256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'sha256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('x-256', 'ONE', 'SHA256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('x-256', 'ONE', 'SHA256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'sha256', 'Data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'sha256', 'Data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-384', 'one', 'sha384', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-384', 'one', 'sha384', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-Old', 'one', 'sha512', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-Old', 'one', 'sha512', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'sha512', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'sha512', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'md5', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-256', 'one', 'md5', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-256', 'two', 'sha256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-256', 'two', 'sha256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-Bad', 'one', 'sha256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-Bad', 'one', 'sha256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-Short', 'one', 'sha256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-Short', 'one', 'sha256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_check('X-None', 'one', 'sha256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_check('X-None', 'one', 'sha256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_add('X-New', 'one', 'sha256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_add('X-New', 'one', 'sha256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_add('X-New', 'two', 'sha256', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_add('X-New', 'two', 'sha256', 'data')) + "\n";
	out += "KSR.auth_xkeys.auth_xkeys_add('X-New', 'one', 'md5', 'data'): " + show(KSR.auth_xkeys.auth_xkeys_add('X-New', 'one', 'md5', 'data')) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
