local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "KSR.textopsx.change_reply_status(100, 'No'): " .. show(KSR.textopsx.change_reply_status(100, 'No')) .. "\n";
	out = out .. "KSR.textopsx.change_reply_status(200, 'No'): " .. show(KSR.textopsx.change_reply_status(200, 'No')) .. "\n";
	out = out .. "KSR.textopsx.change_reply_status(299, 'No'): " .. show(KSR.textopsx.change_reply_status(299, 'No')) .. "\n";
	out = out .. "KSR.textopsx.change_reply_status(404, ''): " .. show(KSR.textopsx.change_reply_status(404, '')) .. "\n";
	out = out .. "KSR.textopsx.change_reply_status(99, 'No'): " .. show(KSR.textopsx.change_reply_status(99, 'No')) .. "\n";
	out = out .. "KSR.textopsx.change_reply_status(700, 'No'): " .. show(KSR.textopsx.change_reply_status(700, 'No')) .. "\n";
	out = out .. "KSR.textopsx.change_reply_status_code(99): " .. show(KSR.textopsx.change_reply_status_code(99)) .. "\n";
	out = out .. "KSR.textopsx.change_reply_status_code(200): " .. show(KSR.textopsx.change_reply_status_code(200)) .. "\n";
	out = out .. "KSR.is_SCTP(): " .. show(KSR.is_SCTP()) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
