function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, call, ...)
		out = out .. name .. "(" .. table.concat({ ... }, ", ") .. ") = " .. tostring(call(...)) .. "\n";
	end
	try("remove", KSR.hdr.remove, "Host");
	try("remove", KSR.hdr.remove, "X");
	try("remove", KSR.hdr.remove, "x-y");
	try("remove", KSR.hdr.remove, "a b");
	try("remove", KSR.hdr.remove, "a:b");
	try("remove", KSR.hdr.remove, "a:");
	try("remove", KSR.hdr.remove, "");
	try("remove", KSR.hdr.remove, " a");
	try("remove", KSR.hdr.remove, "a ");
	try("remove", KSR.hdr.remove, "$x");
	try("remove", KSR.hdr.remove, "a=b");
	try("remove", KSR.hdr.remove, "a+b");
	try("remove", KSR.hdr.remove, "a~b");
	try("remove", KSR.hdr.remove, "(a)");
	try("remove", KSR.hdr.remove, "t");
	try("remove", KSR.hdr.remove, ".");
	try("remove", KSR.hdr.remove, "a: b");
	try("remove", KSR.hdr.remove, "a :b");
	try("append_after", KSR.hdr.append_after, "X: y", "Host");
	try("append_after", KSR.hdr.append_after, "X: y", "a b");
	try("append_after", KSR.hdr.append_after, "X: y", "");
	try("append_after", KSR.hdr.append_after, "X: y", "a: b");
	try("insert_before", KSR.hdr.insert_before, "X: y", "Host");
	try("insert_before", KSR.hdr.insert_before, "X: y", "a b");
	try("insert_before", KSR.hdr.insert_before, "X: y", "");
	try("insert_before", KSR.hdr.insert_before, "X: y", "a: b");
	try("rmappend", KSR.hdr.rmappend, "Host", "v");
	try("rmappend", KSR.hdr.rmappend, "a b", "v");
	try("rmappend", KSR.hdr.rmappend, "", "v");
	try("rmappend", KSR.hdr.rmappend, "a: b", "v");
	try("rminsert", KSR.hdr.rminsert, "Host", "v");
	try("rminsert", KSR.hdr.rminsert, "a b", "v");
	try("rminsert", KSR.hdr.rminsert, "", "v");
	try("rminsert", KSR.hdr.rminsert, "a: b", "v");
	try("append", KSR.hdr.append, "");
	try("append", KSR.hdr.append, "a b: c");
	try("insert", KSR.hdr.insert, "X");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
