function ksr_xhttp_event(evname)
	local out = "";
	for i, f in ipairs({ "xdbg", "xinfo", "xnotice", "xwarn", "xerr", "xalert" }) do
		out = out .. f .. " " .. tostring(KSR.xlog[f](f .. " $rm $hu $hdr(None) 100% $$ end\n")) .. "\n";
	end
	for i, l in ipairs({ "L_DBG", "L_INFO", "L_NOTICE", "L_WARN", "L_ERR", "L_CRIT", "L_ALERT", "info", "zzz" }) do
		out = out .. l .. " " .. tostring(KSR.xlog.xlog(l, "level " .. l .. " $(hu{s.len})\n")) .. "\n";
	end
	out = out .. "bad " .. tostring(KSR.xlog.xinfo("bad $nosuchvar here\n")) .. "\n";
	out = out .. "last " .. tostring(KSR.xlog.xinfo("several\nlines $si\n")) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
