function ksr_xhttp_event(evname)
	local ok, e = pcall(KSR.x.exit);
	KSR.info("caught " .. tostring(ok) .. " " .. type(e) .. " " .. tostring(e) .. "\n");
	ok, e = pcall(function() KSR.x.drop() end);
	KSR.info("caught " .. tostring(ok) .. " " .. type(e) .. " " .. tostring(e) .. "\n");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "went on");
	if KSR.pv.get("$hu") == "/same" then error("~~ksr~exit~~", 0); end
	KSR.x.exit();
	KSR.info("not reached\n");
end
