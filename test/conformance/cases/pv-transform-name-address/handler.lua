function ksr_xhttp_event(evname)
	local out = "";
	local function try(values, names)
		for _, value in ipairs(values) do
			out = out .. value .. "\n";
			for _, name in ipairs(names) do
				KSR.pv.sets("$var(v)", value);
				out = out .. "  " .. name .. " = " .. tostring(KSR.pv.getw("$(var(v){" .. name .. "})")) .. "\n";
			end
		end
	end
	try({
		"\"Al B\" <sip:al@ex.com>;tag=xx",
		"Al B <sip:al:pw@ex.com:5060;lr>;a=b;tag=q;c",
		"sip:al@ex.com;tag=1",
		"\"a<b\" <sip:al@ex.com>",
		" <sip:al@ex.com> ",
		"<>",
		"<sip:al@ex.com>, <sip:b@c>",
		"<tel:123>;TAG=a",
		"*",
		"<sip:al@ex.com> ; tag = v ",
		"<sip:al@ex.com>;tag=\"q q\"",
		"\"Al\" sip:al@ex.com",
		"< sip:al@ex.com >;tag=1;tag=2",
		"Al; B <sip:al@ex.com>",
		"<sip:al@ex.com> x",
		"<http://x>",
	}, {
		"nameaddr.uri",
		"nameaddr.name",
		"nameaddr.len",
		"tobody.uri",
		"tobody.user",
		"tobody.host",
		"tobody.display",
		"tobody.tag",
		"tobody.params",
	});
	try({
		"ex.com~5080~2",
		"[::1]~5060~1",
		"ex.com~5080~2;x",
		"a~b~c",
		"1.2.3.4~5060~9",
		"~1~1",
	}, {
		"urialias.decode",
	});
	try({
		"udp:1.2.3.4:5060",
		"tcp:[::1]:80",
		"1.2.3.4:5060",
		"1.2.3.4",
		"foo:1.2.3.4:5",
		"UDP:a:1",
		"a:b:c",
		"tcp:a:1:2",
		"udp:",
	}, {
		"sock.host",
		"sock.port",
		"sock.proto",
		"sock.touri",
	});
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
