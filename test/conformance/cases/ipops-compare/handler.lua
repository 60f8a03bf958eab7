function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.ipops[name](...)) .. "\n";
	end
	try("compare_ips", "10.1.2.3", "10.1.2.3");
	try("compare_ips", "10.1.2.3", "10.1.2.4");
	try("compare_ips", "10.1.2.3", "010.1.2.3");
	try("compare_ips", "::1", "0:0:0:0:0:0:0:1");
	try("compare_ips", "::1", "[::1]");
	try("compare_ips", "[::1]", "[0::1]");
	try("compare_ips", "2001:DB8::1", "2001:db8::1");
	try("compare_ips", "::ffff:1.2.3.4", "::ffff:102:304");
	try("compare_ips", "::ffff:1.2.3.4", "1.2.3.4");
	try("compare_ips", "::1:", "::1:");
	try("compare_ips", "", "");
	try("compare_ips", "nonsense", "nonsense");
	try("compare_pure_ips", "10.1.2.3", "10.1.2.3");
	try("compare_pure_ips", "10.1.2.3", "10.1.2.4");
	try("compare_pure_ips", "10.1.2.3", "010.1.2.3");
	try("compare_pure_ips", "::1", "0:0:0:0:0:0:0:1");
	try("compare_pure_ips", "::1", "[::1]");
	try("compare_pure_ips", "[::1]", "[0::1]");
	try("compare_pure_ips", "2001:DB8::1", "2001:db8::1");
	try("compare_pure_ips", "::ffff:1.2.3.4", "::ffff:102:304");
	try("compare_pure_ips", "::ffff:1.2.3.4", "1.2.3.4");
	try("compare_pure_ips", "::1:", "::1:");
	try("compare_pure_ips", "", "");
	try("compare_pure_ips", "nonsense", "nonsense");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
