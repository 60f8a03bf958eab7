function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textops[name](...)) .. "\n";
	end
	local function show(variable)
		out = out .. variable .. " is [" .. KSR.pv.getw(variable) .. "]\n";
	end
	try("get_body_part", "text/plain", "$var(part)");
	show("$var(part)");
	try("get_body_part_raw", "text/plain", "$var(part)");
	show("$var(part)");
	try("remove_body_part", "text/plain");
	try("filter_body", "text/plain");
	try("get_body_part", "APPLICATION/JSON", "$var(part)");
	show("$var(part)");
	try("get_body_part_raw", "APPLICATION/JSON", "$var(part)");
	show("$var(part)");
	try("remove_body_part", "APPLICATION/JSON");
	try("filter_body", "APPLICATION/JSON");
	try("get_body_part", "image/png", "$var(part)");
	show("$var(part)");
	try("get_body_part_raw", "image/png", "$var(part)");
	show("$var(part)");
	try("remove_body_part", "image/png");
	try("filter_body", "image/png");
	try("get_body_part", "text", "$var(part)");
	show("$var(part)");
	try("get_body_part_raw", "text", "$var(part)");
	show("$var(part)");
	try("remove_body_part", "text");
	try("filter_body", "text");
	try("get_body_part", "text/plain; charset=utf-8", "$var(part)");
	show("$var(part)");
	try("get_body_part_raw", "text/plain; charset=utf-8", "$var(part)");
	show("$var(part)");
	try("remove_body_part", "text/plain; charset=utf-8");
	try("filter_body", "text/plain; charset=utf-8");
	try("append_body_part", "more", "text/plain");
	try("append_body_part", "", "text/plain");
	try("append_body_part_cd", "more", "text/plain", "inline");
	try("append_body_part_hex", "6d 6f", "text/plain");
	try("append_body_part_hex", "6d6", "text/plain");
	try("append_body_part_hex_cd", "zz", "text/plain", "inline");
	try("set_body_multipart", "x", "text/plain", "b2");
	try("set_body_multipart_mode");
	try("set_body_multipart_boundary", "b2");
	try("set_body_multipart_boundary", "-b2");
	try("set_body_multipart_content", "x", "text/plain");
	try("set_body_multipart_content", "", "text/plain");
	try("get_body_part", "text/plain", "$si2");
	try("get_body_part", "text/plain", "");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
