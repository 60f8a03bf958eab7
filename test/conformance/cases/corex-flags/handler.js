function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.corex.isxflagset(3): " + show(KSR.corex.isxflagset(3)) + "\n";
	out += "KSR.corex.setxflag(3): " + show(KSR.corex.setxflag(3)) + "\n";
	out += "KSR.corex.isxflagset(3): " + show(KSR.corex.isxflagset(3)) + "\n";
	out += "KSR.isflagset(3): " + show(KSR.isflagset(3)) + "\n";
	out += "KSR.corex.resetxflag(3): " + show(KSR.corex.resetxflag(3)) + "\n";
	out += "KSR.corex.isxflagset(3): " + show(KSR.corex.isxflagset(3)) + "\n";
	out += "KSR.corex.setxflag(63): " + show(KSR.corex.setxflag(63)) + "\n";
	out += "KSR.corex.isxflagset(63): " + show(KSR.corex.isxflagset(63)) + "\n";
	out += "KSR.corex.isxflagset(31): " + show(KSR.corex.isxflagset(31)) + "\n";
	out += "KSR.corex.setxflag(64): " + show(KSR.corex.setxflag(64)) + "\n";
	out += "KSR.corex.isxflagset(64): " + show(KSR.corex.isxflagset(64)) + "\n";
	out += "KSR.corex.setxflag(-1): " + show(KSR.corex.setxflag(-1)) + "\n";
	out += "KSR.corex.resetxflag(64): " + show(KSR.corex.resetxflag(64)) + "\n";
	out += "KSR.corex.has_user_agent(): " + show(KSR.corex.has_user_agent()) + "\n";
	out += "KSR.corex.has_ruri_user(): " + show(KSR.corex.has_ruri_user()) + "\n";
	out += "KSR.corex.is_faked_msg(): " + show(KSR.corex.is_faked_msg()) + "\n";
	out += "KSR.corex.is_socket_name('x'): " + show(KSR.corex.is_socket_name('x')) + "\n";
	out += "KSR.corex.is_socket_name(''): " + show(KSR.corex.is_socket_name('')) + "\n";
	out += "KSR.pv.sets('$ru', 'sip:alice@example.com'): " + show(KSR.pv.sets('$ru', 'sip:alice@example.com')) + "\n";
	out += "KSR.corex.has_ruri_user(): " + show(KSR.corex.has_ruri_user()) + "\n";
	out += "KSR.pv.sets('$ru', 'sip:example.com'): " + show(KSR.pv.sets('$ru', 'sip:example.com')) + "\n";
	out += "KSR.corex.has_ruri_user(): " + show(KSR.corex.has_ruri_user()) + "\n";
	out += "KSR.kex.setdebug(-20): " + show(KSR.kex.setdebug(-20)) + "\n";
	out += "KSR.get_debug(): " + show(KSR.get_debug()) + "\n";
	out += "KSR.kex.setdebug(0): " + show(KSR.kex.setdebug(0)) + "\n";
	out += "KSR.get_debug(): " + show(KSR.get_debug()) + "\n";
	out += "KSR.kex.resetdebug(): " + show(KSR.kex.resetdebug()) + "\n";
	out += "KSR.get_debug(): " + show(KSR.get_debug()) + "\n";
	out += "KSR.kex.resetdebug(): " + show(KSR.kex.resetdebug()) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
