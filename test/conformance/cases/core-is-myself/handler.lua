function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, call, ...)
		out = out .. name .. "(" .. table.concat({ ... }, ", ") .. ") = " .. tostring(call(...)) .. "\n";
	end
	try("is_myself", KSR.is_myself, "127.0.0.1");
	try("is_myself", KSR.is_myself, "localhost");
	try("is_myself", KSR.is_myself, "LOCALHOST");
	try("is_myself", KSR.is_myself, "127.0.0.1:80");
	try("is_myself", KSR.is_myself, "127.0.0.2");
	try("is_myself", KSR.is_myself, "sip:127.0.0.1");
	try("is_myself", KSR.is_myself, "sips:127.0.0.1");
	try("is_myself", KSR.is_myself, "sip:x@127.0.0.1");
	try("is_myself", KSR.is_myself, "sip:x@localhost");
	try("is_myself", KSR.is_myself, "SIP:x@127.0.0.1");
	try("is_myself", KSR.is_myself, "sip:127.0.0.1:1");
	try("is_myself", KSR.is_myself, "sip:127.0.0.1;transport=udp");
	try("is_myself", KSR.is_myself, "sip:127.0.0.1;transport=tcp");
	try("is_myself", KSR.is_myself, "sip:127.0.0.1;transport=x");
	try("is_myself", KSR.is_myself, "sip:");
	try("is_myself", KSR.is_myself, "sip:a@");
	try("is_myself", KSR.is_myself, "tel:123");
	try("is_myself", KSR.is_myself, "http://127.0.0.1");
	try("is_myself", KSR.is_myself, "sip");
	try("is_myself", KSR.is_myself, "");
	try("is_myself", KSR.is_myself, " 127.0.0.1");
	try("is_myself", KSR.is_myself, "sip:127.0.0.1?x=y");
	try("is_myself", KSR.is_myself, "sip:a:b@127.0.0.1");
	try("is_myself_srcip", KSR.is_myself_srcip);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
