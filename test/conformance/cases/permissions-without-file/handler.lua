function ksr_xhttp_event(evname)
	local p = KSR.permissions;
	local out = p.allow_source_address(1) .. " " .. p.allow_source_address_group() .. " "
		.. p.allow_address(1, "127.0.0.1", 0) .. " " .. p.allow_address_group("127.0.0.1", 80) .. " "
		.. p.allow_trusted();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out .. "\n");
end
