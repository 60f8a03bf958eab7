function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textopsx[name](...)) .. "\n";
	end
	try("fnmatch", "index.html", "*.html");
	try("fnmatch", "index.xml", "*.html");
	try("fnmatch", "", "*");
	try("fnmatch", "", "");
	try("fnmatch", "a", "?");
	try("fnmatch", "ab", "?");
	try("fnmatch", "a/b", "*");
	try("fnmatch", ".x", "*");
	try("fnmatch", "abc", "a*c");
	try("fnmatch", "abc", "a*d");
	try("fnmatch", "axxbxxc", "a*b*c");
	try("fnmatch", "b", "[a-c]");
	try("fnmatch", "d", "[a-c]");
	try("fnmatch", "d", "[!a-c]");
	try("fnmatch", "d", "[^a-c]");
	try("fnmatch", "]", "[]]");
	try("fnmatch", "-", "[a-]");
	try("fnmatch", "7", "[[:digit:]]");
	try("fnmatch", "x", "[[:digit:]]");
	try("fnmatch", "x", "[[:nope:]]");
	try("fnmatch", "*", "\\*");
	try("fnmatch", "x", "\\*");
	try("fnmatch", "[", "[");
	try("fnmatch", "[a", "[a");
	try("fnmatch", "a\\", "a\\");
	try("fnmatch", "A", "a");
	try("fnmatch", "A", "[a-z]");
	try("fnmatch_ex", "A", "a", "i");
	try("fnmatch_ex", "a", "a", "i");
	try("fnmatch_ex", "A", "a", "");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
