function ksr_xhttp_event(evname)
	local out = "";
	local function hits(address, n)
		out = out .. address .. ":";
		for i = 1, n do out = out .. " " .. KSR.pike.pike_check_ip(address); end
		out = out .. "\n";
	end
	hits("10.0.0.1", 26);
	hits("10.0.0.2", 16);
	hits("10.1.0.2", 20);
	hits("nonsense", 1);
	hits("", 1);
	hits("10.0.0.1", 2);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
