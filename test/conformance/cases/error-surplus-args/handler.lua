function ksr_xhttp_event(evname)
	local out = "";
	local function show(what, value) out = out .. what .. " = " .. tostring(value) .. "\n"; end
	show("KSR.xhttp.get_hu(1)", KSR.xhttp.get_hu(1));
	show("KSR.kx.get_srcip('a', 'b')", KSR.kx.get_srcip("a", "b"));
	show("KSR.kx.get_srcip(1, 2, 3, 4, 5, 6)", KSR.kx.get_srcip(1, 2, 3, 4, 5, 6));
	show("KSR.is_POST(1)", KSR.is_POST(1));
	show("KSR.is_GET()", KSR.is_GET());
	show("KSR.is_GET(1)", KSR.is_GET(1));
	show("KSR.pv.get('$hu', 1, 2)", KSR.pv.get("$hu", 1, 2));
	show("KSR.pv.get('$hu', 1, 2, 3, 4, 5)", KSR.pv.get("$hu", 1, 2, 3, 4, 5));
	show("KSR.pv.get('$hu', 1, 2, 3, 4, 5, 6)", KSR.pv.get("$hu", 1, 2, 3, 4, 5, 6));
	show("KSR.hdr.is_present('Host', 1)", KSR.hdr.is_present("Host", 1));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
