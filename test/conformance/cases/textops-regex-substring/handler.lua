function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textops[name](...)) .. "\n";
	end
	local function show(variable)
		out = out .. variable .. " is [" .. KSR.pv.getw(variable) .. "]\n";
	end
	try("regex_substring", "id=42;x", "[0-9]+", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 1, 3, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 2, 3, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 2, 2, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "([a-z]+)=([0-9]+)", 3, 4, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "nothing", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "(", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "ID", "id", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "^id", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "id=42;x", "x$", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "aXb", "a(X)|(Y)b", 2, 3, "$var(r)");
	show("$var(r)");
	try("regex_substring", "abc", "x*", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "one\ntwo", "e.t", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "", "a", 0, 1, "$var(r)");
	show("$var(r)");
	try("regex_substring", "abc", "b", 0, 1, "$si");
	try("regex_substring", "abc", "b", 0, 1, "$nosuch");
	try("regex_substring", "abc", "b", 0, 1, "r");
	try("regex_substring", "abc", "b", 0, 1, "");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
