function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textops[name](...)) .. "\n";
	end
	try("search_str", "abc123", "[0-9]+$");
	try("search_str", "abc", "[0-9]");
	try("search_str", "ABC", "abc");
	try("search_str", "abc", "^B");
	try("search_str", "one\ntwo", "^two");
	try("search_str", "one\ntwo", "one$");
	try("search_str", "one\ntwo", "one.two");
	try("search_str", "one\ntwo", "e[^x]t");
	try("search_str", "abc", "");
	try("search_str", "", "abc");
	try("search_str", "", "");
	try("search_str", "abc", "(");
	try("search_str", "abc", "*");
	try("search_str", "abc", "[z-a]");
	try("search_str", "abc", "a{2,1}");
	try("search_str", "aabb", "^(a{2})(b{2})$");
	try("search_str", "abc", "a|x");
	try("search_str", "a.c", "a\\.c");
	try("search_str", "abc", "a\\.c");
	try("search_str", "x y", "[[:space:]]");
	try("search_str", "xy", "[[:nope:]]");
	try("search_str", "word", "\\<word\\>");
	try("search_str", "words", "\\<word\\>");
	try("search_str", "tab\there", "\t");
	try("search_str", "a+b", "a+b");
	try("search_str", "aab", "^a+b");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
