function ksr_xhttp_event()
	local out = {}
	local function show(...)
		local line = { ... }
		for i = 1, select("#", ...) do line[i] = tostring(line[i]) end
		out[#out + 1] = table.concat(line, " ")
	end
	show(KSR.uri_db.check_to(), KSR.uri_db.check_from(), KSR.uri_db.does_uri_exist())
	for _, u in ipairs({ "sip:alice@home.test", "sip:bob@x", "nix", "" }) do show(u, KSR.uri_db.check_uri(u), KSR.uri_db.check_uri_realm(u, "alice", "home.test"), KSR.uri_db.check_uri_realm(u, "", "home.test"), KSR.uri_db.check_uri_realm("sip:ally@home.test", "alice", "home.test")) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
