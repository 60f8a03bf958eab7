function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textops[name](...)) .. "\n";
	end
	try("has_body");
	try("has_body_type", "");
	try("has_body_type", "application/json");
	try("has_body_type", "application/xml");
	try("has_body_type", "application/sdp");
	try("has_body_type", "text/plain");
	try("has_body_type", "TEXT/PLAIN");
	try("has_body_type", "text/html");
	try("has_body_type", "image/png");
	try("has_body_type", "video/mp4");
	try("has_body_type", "text/*");
	try("has_body_type", "*/*");
	try("has_body_type", "*/plain");
	try("has_body_type", "text");
	try("has_body_type", "text/plain;a=b");
	try("has_body_type", "text/plain, text/html");
	try("has_body_type", " text / plain ");
	try("has_body_type", "multipart/mixed");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
