function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textops[name](...)) .. "\n";
	end
	try("search", "^x-b: TWO");
	try("search", "^GET");
	try("search", "^POST /path");
	try("search", "second line");
	try("search", "^second");
	try("search", "nowhere");
	try("search", "");
	try("search", "(");
	try("search_body", "SECOND");
	try("search_body", "^second");
	try("search_body", "^x-a");
	try("search_body", "line$");
	try("search_body", "nowhere");
	try("search_body", "");
	try("search_body", "(");
	try("search_hf", "X-A", "one", "a");
	try("search_hf", "X-A", "three", "a");
	try("search_hf", "X-A", "three", "f");
	try("search_hf", "X-A", "three", "l");
	try("search_hf", "X-A", "one", "l");
	try("search_hf", "X-A", "one", "");
	try("search_hf", "x-a", "^one$", "f");
	try("search_hf", "X-Empty", "^$", "a");
	try("search_hf", "X-Empty", "x", "a");
	try("search_hf", "X-None", ".", "a");
	try("search_hf", "X-A", "", "a");
	try("search_hf", "", "one", "a");
	try("search_hf", "X-A", "(", "a");
	try("search_hf", "c", "plain", "a");
	try("is_present_hf_re", "^x-");
	try("is_present_hf_re", "^X-A$");
	try("is_present_hf_re", "-b$");
	try("is_present_hf_re", "none");
	try("is_present_hf_re", "^via$");
	try("is_present_hf_re", "");
	try("is_present_hf_re", "(");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
