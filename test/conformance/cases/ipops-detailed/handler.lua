function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.ipops[name](...)) .. "\n";
	end
	local function show(variable)
		out = out .. variable .. " is [" .. KSR.pv.getw(variable) .. "]\n";
	end
	try("detailed_ip_type", "10.1.2.3", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "8.8.8.8", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "127.0.0.1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "192.0.2.1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "169.254.1.1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "100.64.1.1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "224.0.0.1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "255.255.255.255", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "::1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "::", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "fe80::1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "2001:db8::1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "fd00::1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "2a00::1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "ff02::1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "::ffff:1.2.3.4", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "2002::1", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "[::1]", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", " 10.1.2.3 ", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "nonsense", "$var(kind)");
	show("$var(kind)");
	try("detailed_ip_type", "", "$var(kind)");
	show("$var(kind)");
	try("detailed_ipv4_type", " 10.1.2.3 ", "$var(kind)");
	show("$var(kind)");
	try("detailed_ipv4_type", "::1", "$var(kind)");
	try("detailed_ipv6_type", "[fe80::1]", "$var(kind)");
	show("$var(kind)");
	try("detailed_ipv6_type", "10.1.2.3", "$var(kind)");
	try("detailed_ip_type", "10.1.2.3", "$si");
	try("detailed_ip_type", "10.1.2.3", "$nosuch");
	try("detailed_ip_type", "10.1.2.3", "kind");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
