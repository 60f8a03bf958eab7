function ksr_xhttp_event(evname)
	local path = KSR.pv.get("$hu");
	local rc;
	if path == "/plain" then rc = KSR.pipelimit.pl_drop();
	elseif path == "/retry" then rc = KSR.pipelimit.pl_drop_retry(30);
	elseif path == "/range" then rc = KSR.pipelimit.pl_drop_range(7, 7);
	else rc = KSR.pipelimit.pl_drop_retry(0); end
	KSR.info(path .. " " .. rc .. "\n");
end
