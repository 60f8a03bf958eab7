var out;
function add(name, v) {
	out += name + " = " + (v === null ? "null" : typeof v) + " " + v + "\n";
}

function ksr_xhttp_event(evname) {
	out = "";
	add("KSR.setflag(3)", KSR.setflag(3));
	add("KSR.isflagset(3)", KSR.isflagset(3));
	add("KSR.isflagset(4)", KSR.isflagset(4));
	add("KSR.resetflag(3)", KSR.resetflag(3));
	add("KSR.isflagset(3)", KSR.isflagset(3));
	add("KSR.setflag(31)", KSR.setflag(31));
	add("KSR.setflag(32)", KSR.setflag(32));
	add("KSR.setflag(-1)", KSR.setflag(-1));
	add("KSR.isflagset(32)", KSR.isflagset(32));
	add("KSR.resetflag(32)", KSR.resetflag(32));
	add("KSR.setsflag(5)", KSR.setsflag(5));
	add("KSR.issflagset(5)", KSR.issflagset(5));
	add("KSR.resetsflag(5)", KSR.resetsflag(5));
	add("KSR.issflagset(5)", KSR.issflagset(5));
	add("KSR.setsflag(40)", KSR.setsflag(40));
	add("KSR.is_TCP()", KSR.is_TCP());
	add("KSR.is_TLS()", KSR.is_TLS());
	add("KSR.is_UDP()", KSR.is_UDP());
	add("KSR.is_WS()", KSR.is_WS());
	add("KSR.is_WSS()", KSR.is_WSS());
	add("KSR.is_WSX()", KSR.is_WSX());
	add("KSR.is_IPv4()", KSR.is_IPv4());
	add("KSR.is_IPv6()", KSR.is_IPv6());
	add("KSR.is_src_port(1)", KSR.is_src_port(1));
	add("KSR.is_src_port(KSR.pv.get(\"$sp\"))", KSR.is_src_port(KSR.pv.get("$sp")));
	add("KSR.is_dst_port(KSR.pv.get(\"$Rp\"))", KSR.is_dst_port(KSR.pv.get("$Rp")));
	add("KSR.is_dst_port(1)", KSR.is_dst_port(1));
	add("KSR.is_proto(\"t\")", KSR.is_proto("t"));
	add("KSR.is_proto(\"T\")", KSR.is_proto("T"));
	add("KSR.is_proto(\"u\")", KSR.is_proto("u"));
	add("KSR.is_proto(\"st\")", KSR.is_proto("st"));
	add("KSR.is_proto(\"s\")", KSR.is_proto("s"));
	add("KSR.is_proto(\"w\")", KSR.is_proto("w"));
	add("KSR.is_proto(\"\")", KSR.is_proto(""));
	add("KSR.is_proto(\"tcp\")", KSR.is_proto("tcp"));
	add("KSR.is_myself(\"sip:127.0.0.1\")", KSR.is_myself("sip:127.0.0.1"));
	add("KSR.is_myself(\"sip:127.0.0.1:\" .. \"1\")", KSR.is_myself("sip:127.0.0.1:" + "1"));
	add("KSR.is_myself(\"sip:10.0.0.9\")", KSR.is_myself("sip:10.0.0.9"));
	add("KSR.is_myself(\"nonsense\")", KSR.is_myself("nonsense"));
	add("KSR.is_myself_srcip()", KSR.is_myself_srcip());
	add("KSR.set_reply_no_connect()", KSR.set_reply_no_connect());
	add("KSR.get_debug()", KSR.get_debug());
	add("KSR.set_drop()", KSR.set_drop());
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
