function ksr_xhttp_event()
	local out = {}
	local function show(...)
		local line = { ... }
		for i = 1, select("#", ...) do line[i] = tostring(line[i]) end
		out[#out + 1] = table.concat(line, " ")
	end
	for _, u in ipairs({ "sip:alice@home.test", "sip:alice@nowhere", "sip:bob@x", "sip:carl@x", "alice", "", "sip:home.test", "tel:alice", "sips:alice@x" }) do
		show(u, KSR.group.is_user_in(u, "admin"), KSR.group.is_user_in(u, "staff"), KSR.group.is_user_in(u, ""))
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
