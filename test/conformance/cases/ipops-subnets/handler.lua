function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.ipops[name](...)) .. "\n";
	end
	try("is_in_subnet", "10.1.2.3", "10.0.0.0/8");
	try("is_in_subnet", "10.1.2.3", "11.0.0.0/8");
	try("is_in_subnet", "10.1.2.3", "10.1.2.3");
	try("is_in_subnet", "10.1.2.3", "10.1.2.4");
	try("is_in_subnet", "10.1.2.3", "192.168.0.0/16, 10.0.0.0/8");
	try("is_in_subnet", "10.1.2.3", "192.168.0.0/16,10.1.2.3");
	try("is_in_subnet", "10.1.2.3", ",,10.0.0.0/8");
	try("is_in_subnet", "10.1.2.3", "");
	try("is_in_subnet", "10.1.2.3", "10.1.2.2/31");
	try("is_in_subnet", "10.1.2.3", "10.0.0.0/33");
	try("is_in_subnet", "10.1.2.3", "9.0.0.0/0");
	try("is_in_subnet", "10.1.2.3", "9.0.0.0/");
	try("is_in_subnet", "10.1.2.3", "9.0.0.0/x");
	try("is_in_subnet", "10.1.2.3", "10.0.0.0/-1");
	try("is_in_subnet", "10.1.2.3", "10.0.0.0/8x");
	try("is_in_subnet", "10.1.2.3", "nonsense, 10.0.0.0/8");
	try("is_in_subnet", "10.1.2.3", "10.0.0/8");
	try("is_in_subnet", "10.1.2.3", "2001:db8::/32");
	try("is_in_subnet", "2001:db8::5", "2001:db8::/32");
	try("is_in_subnet", "2001:db8::5", "2001:db9::/32");
	try("is_in_subnet", "2001:db8::5", "2001:db8::5");
	try("is_in_subnet", "2001:db8::5", "10.0.0.0/8,2001:db8::/32");
	try("is_in_subnet", "2001:db8::5", "fe80::/10,2001:db8::/32");
	try("is_in_subnet", "2001:db8::5", "2001:db8::/129");
	try("is_in_subnet", "2001:db8::5", "[2001:db8::]/32");
	try("is_in_subnet", "[2001:db8::5]", "2001:db8::/32");
	try("is_in_subnet", "::1:", "::/0");
	try("is_in_subnet", "nonsense", "10.0.0.0/8");
	try("is_in_subnet", "", "10.0.0.0/8");
	try("ip_is_in_subnet", "10.1.2.3", "10.0.0.0/8");
	try("ip_is_in_subnet", "10.1.2.3", "11.0.0.0/8");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
