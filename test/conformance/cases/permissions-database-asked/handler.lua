function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/rpc" then
		KSR.jsonrpcs.dispatch();
		return;
	end
	local p = KSR.permissions;
	local out = p.allow_trusted() .. " " .. tostring(KSR.pv.get("$(avp(tag)[*])")) .. "\n";
	out = out .. p.allow_address(1, "10.0.0.1", 0) .. " " .. p.allow_address_group("10.0.0.1", 0) .. "\n";
	out = out .. p.allow_address(2, "10.0.0.1", 5060) .. " " .. p.allow_address_group("10.0.0.1", 5060) .. "\n";
	out = out .. p.allow_address(2, "10.0.0.1", 5061) .. " " .. p.allow_address_group("10.0.0.1", 5061) .. "\n";
	out = out .. p.allow_address(1, "10.1.2.3", 0) .. " " .. p.allow_address_group("10.1.2.3", 0) .. "\n";
	out = out .. p.allow_address(3, "192.0.2.77", 9) .. " " .. p.allow_address_group("192.0.2.77", 9) .. "\n";
	out = out .. p.allow_address(5, "2001:db8::1", 0) .. " " .. p.allow_address_group("2001:db8::1", 0) .. "\n";
	out = out .. p.allow_address(5, "2001:db8::2", 0) .. " " .. p.allow_address_group("2001:db8::2", 0) .. "\n";
	out = out .. p.allow_address(5, "2001:db8:1::7", 0) .. " " .. p.allow_address_group("2001:db8:1::7", 0) .. "\n";
	out = out .. p.allow_address(6, "example.org", 80) .. " " .. p.allow_address_group("example.org", 80) .. "\n";
	out = out .. p.allow_address(6, "EXAMPLE.org", 80) .. " " .. p.allow_address_group("EXAMPLE.org", 80) .. "\n";
	out = out .. p.allow_address(8, "10.0.0.1", 1) .. " " .. p.allow_address_group("10.0.0.1", 1) .. "\n";
	out = out .. p.allow_address(9, "10.9.1.1", 0) .. " " .. p.allow_address_group("10.9.1.1", 0) .. "\n";
	out = out .. p.allow_address(7, "10.0.0.1", 0) .. " " .. p.allow_address_group("10.0.0.1", 0) .. "\n";
	out = out .. p.allow_source_address(4) .. " " .. p.allow_source_address(1) .. " " .. p.allow_source_address_group() .. "\n";
	out = out .. tostring(KSR.pv.get("$(avp(tag)[*])")) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
