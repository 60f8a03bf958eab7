function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textopsx[name](...)) .. "\n";
	end
	local function show(variable)
		out = out .. variable .. " is [" .. KSR.pv.getw(variable) .. "]\n";
	end
	try("bl_iterator_next", "b");
	try("bl_iterator_start", "b");
	try("bl_iterator_value", "b");
	try("bl_iterator_next", "b");
	try("bl_iterator_value", "b");
	try("bl_iterator_next", "b");
	try("bl_iterator_value", "b");
	show("$blitval(b)");
	try("bl_iterator_rm", "b");
	try("bl_iterator_append", "b", "x");
	try("bl_iterator_insert", "b", "x");
	try("bl_iterator_next", "b");
	try("bl_iterator_value", "b");
	try("bl_iterator_next", "b");
	try("bl_iterator_value", "b");
	try("bl_iterator_rm", "b");
	try("bl_iterator_next", "b");
	try("bl_iterator_start", "b");
	try("bl_iterator_next", "b");
	try("bl_iterator_end", "b");
	try("bl_iterator_value", "b");
	try("bl_iterator_next", "b");
	try("bl_iterator_value", "none");
	try("bl_iterator_end", "none");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
