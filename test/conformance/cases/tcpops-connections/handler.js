function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.tcpops.tcp_conid_state(KSR.kx.get_conid()): " + show(KSR.tcpops.tcp_conid_state(KSR.kx.get_conid())) + "\n";
	out += "KSR.tcpops.tcp_conid_state(9999): " + show(KSR.tcpops.tcp_conid_state(9999)) + "\n";
	out += "KSR.tcpops.tcp_conid_alive(KSR.kx.get_conid()): " + show(KSR.tcpops.tcp_conid_alive(KSR.kx.get_conid())) + "\n";
	out += "KSR.tcpops.tcp_conid_alive(9999): " + show(KSR.tcpops.tcp_conid_alive(9999)) + "\n";
	out += "KSR.tcpops.tcp_keepalive_enable(10, 3, 2): " + show(KSR.tcpops.tcp_keepalive_enable(10, 3, 2)) + "\n";
	out += "KSR.tcpops.tcp_keepalive_disable(): " + show(KSR.tcpops.tcp_keepalive_disable()) + "\n";
	out += "KSR.tcpops.tcp_keepalive_enable_cid(9999, 10, 3, 2): " + show(KSR.tcpops.tcp_keepalive_enable_cid(9999, 10, 3, 2)) + "\n";
	out += "KSR.tcpops.tcp_keepalive_enable_cid(KSR.kx.get_conid(), 10, 3, 2): " + show(KSR.tcpops.tcp_keepalive_enable_cid(KSR.kx.get_conid(), 10, 3, 2)) + "\n";
	out += "KSR.tcpops.tcp_keepalive_enable(0, 0, 0): " + show(KSR.tcpops.tcp_keepalive_enable(0, 0, 0)) + "\n";
	out += "KSR.tcpops.tcp_keepalive_enable(-1, 3, 2): " + show(KSR.tcpops.tcp_keepalive_enable(-1, 3, 2)) + "\n";
	out += "KSR.tcpops.tcp_keepalive_disable_cid(9999): " + show(KSR.tcpops.tcp_keepalive_disable_cid(9999)) + "\n";
	out += "KSR.tcpops.tcp_set_connection_lifetime(10): " + show(KSR.tcpops.tcp_set_connection_lifetime(10)) + "\n";
	out += "KSR.tcpops.tcp_set_connection_lifetime(-1): " + show(KSR.tcpops.tcp_set_connection_lifetime(-1)) + "\n";
	out += "KSR.tcpops.tcp_set_connection_lifetime_cid(9999, 10): " + show(KSR.tcpops.tcp_set_connection_lifetime_cid(9999, 10)) + "\n";
	out += "KSR.tcpops.tcp_set_otcpid(5): " + show(KSR.tcpops.tcp_set_otcpid(5)) + "\n";
	out += "KSR.tcpops.tcp_set_otcpid_flag(1): " + show(KSR.tcpops.tcp_set_otcpid_flag(1)) + "\n";
	out += "KSR.tcpops.tcp_close_connection_id(9999): " + show(KSR.tcpops.tcp_close_connection_id(9999)) + "\n";
	out += "KSR.pv.get('$tcp(c_si)'): " + show(KSR.pv.get('$tcp(c_si)')) + "\n";
	out += "KSR.pv.get('$tcp(c_sp)'): " + show(KSR.pv.get('$tcp(c_sp)')) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
