function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.siputils.encode_contact('enc', '1.2.3.4'): " + show(KSR.siputils.encode_contact('enc', '1.2.3.4')) + "\n";
	out += "KSR.siputils.contact_param_encode('x', 'y'): " + show(KSR.siputils.contact_param_encode('x', 'y')) + "\n";
	out += "KSR.siputils.contact_param_decode('x'): " + show(KSR.siputils.contact_param_decode('x')) + "\n";
	out += "KSR.siputils.is_user('alice'): " + show(KSR.siputils.is_user('alice')) + "\n";
	out += "KSR.siputils.is_user(''): " + show(KSR.siputils.is_user('')) + "\n";
	out += "KSR.pv.get('$fti'): " + show(KSR.pv.get('$fti')) + "\n";
	out += "KSR.pv.get('$tti'): " + show(KSR.pv.get('$tti')) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
