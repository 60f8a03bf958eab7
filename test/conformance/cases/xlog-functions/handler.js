function ksr_xhttp_event(evname) {
	var out = "";
	["xdbg", "xinfo", "xnotice", "xwarn", "xerr", "xalert"].forEach(function (f) {
		out += f + " " + KSR.xlog[f](f + " $rm $hu $hdr(None) 100% $$ end\n") + "\n";
	});
	["L_DBG", "L_INFO", "L_NOTICE", "L_WARN", "L_ERR", "L_CRIT", "L_ALERT", "info", "zzz"].forEach(function (l) {
		out += l + " " + KSR.xlog.xlog(l, "level " + l + " $(hu{s.len})\n") + "\n";
	});
	out += "bad " + KSR.xlog.xinfo("bad $nosuchvar here\n") + "\n";
	out += "last " + KSR.xlog.xinfo("several\nlines $si\n") + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
