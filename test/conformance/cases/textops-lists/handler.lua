function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textops[name](...)) .. "\n";
	end
	try("in_list", "b", "a,b,c", ",");
	try("in_list", "b", " a , b ,c", ",");
	try("in_list", "c", "a,b, c ", ",");
	try("in_list", "bcd", "a,bc,d", ",");
	try("in_list", "a b", "a b;c", ";");
	try("in_list", "b", "a b c", " ");
	try("in_list", "B", "a,b", ",");
	try("in_list", "b", "a;b", ",");
	try("in_list", "b", "a,,b", ",");
	try("in_list", "b", ",b", ",");
	try("in_list", "", "a,,b", ",");
	try("in_list", "b", "", ",");
	try("in_list", "b", "b", "");
	try("in_list", "b", "a\tb\n,b\n", ",");
	try("in_list", "b", "a;b,b", ",;");
	try("in_list", " b", "a, b", ",");
	try("in_list", "x", "a,", ",");
	try("in_list", "ab", "a,b", ",");
	try("in_list_prefix", "b", "a,b,c", ",");
	try("in_list_prefix", "b", " a , b ,c", ",");
	try("in_list_prefix", "c", "a,b, c ", ",");
	try("in_list_prefix", "bcd", "a,bc,d", ",");
	try("in_list_prefix", "a b", "a b;c", ";");
	try("in_list_prefix", "b", "a b c", " ");
	try("in_list_prefix", "B", "a,b", ",");
	try("in_list_prefix", "b", "a;b", ",");
	try("in_list_prefix", "b", "a,,b", ",");
	try("in_list_prefix", "b", ",b", ",");
	try("in_list_prefix", "", "a,,b", ",");
	try("in_list_prefix", "b", "", ",");
	try("in_list_prefix", "b", "b", "");
	try("in_list_prefix", "b", "a\tb\n,b\n", ",");
	try("in_list_prefix", "b", "a;b,b", ",;");
	try("in_list_prefix", " b", "a, b", ",");
	try("in_list_prefix", "x", "a,", ",");
	try("in_list_prefix", "ab", "a,b", ",");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
