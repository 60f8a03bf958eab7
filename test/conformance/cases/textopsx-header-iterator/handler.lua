function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textopsx[name](...)) .. "\n";
	end
	local function show(variable)
		out = out .. variable .. " is [" .. KSR.pv.getw(variable) .. "]\n";
	end
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_start", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_hbody", "i");
	show("$hfitname(i)");
	show("$hfitbody(i)");
	try("hf_iterator_prev", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_prev", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_prev", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_rm", "i");
	try("hf_iterator_append", "i", "X-New: 1\r\n");
	try("hf_iterator_insert", "i", "X-New: 1\r\n");
	try("hf_iterator_next", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_prev", "i");
	try("hf_iterator_rm", "i");
	try("hf_iterator_end", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_next", "i");
	try("hf_iterator_hname", "i");
	try("hf_iterator_start", "two");
	try("hf_iterator_start", "three");
	try("hf_iterator_start", "four");
	try("hf_iterator_start", "five");
	try("hf_iterator_start", "i");
	try("hf_iterator_hname", "five");
	try("hf_iterator_end", "five");
	try("hf_iterator_start", "a name that is longer than thirty-one bytes");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
