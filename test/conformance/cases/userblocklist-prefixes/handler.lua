function ksr_xhttp_event()
	local out = {}
	local function show(...)
		local line = { ... }
		for i = 1, select("#", ...) do line[i] = tostring(line[i]) end
		out[#out + 1] = table.concat(line, " ")
	end
	local U = KSR.userblocklist
	for _, u in ipairs({ "alice", "bob", "eve" }) do
		for _, n in ipairs({ "491", "+4930", "x", "", "4x930" }) do
			show(u, n, U.check_user_blocklist_number(u, "home.test", n), U.check_user_allowlist_number(u, "home.test", n), U.check_user_blocklist_table(u, "home.test", n, "mine"), U.check_user_allowlist_table(u, "home.test", n, ""))
		end
	end
	show(U.check_user_blocklist_number("alice", "home.test", string.rep("4", 31)), U.check_user_blocklist_number("alice", "home.test", string.rep("4", 32)))
	show(U.check_user_blocklist("alice", "home.test"), U.check_user_allowlist("alice", "home.test"), U.check_blocklist("globalblocklist"), U.check_allowlist("globalblocklist"), U.check_global_blocklist(), U.check_user_blocklist_table("alice", "home.test", "5", "mine"), U.check_user_blocklist_table("alice", "home.test", "5", "none"))
	local function rpc(m, p)
		KSR.jsonrpcs.exec('{"jsonrpc":"2.0","id":1,"method":"userblocklist.' .. m .. '","params":' .. p .. '}')
		show(m, p, KSR.pv.gete("$jsonrpl(code)"), KSR.pv.gete("$jsonrpl(body)"))
	end
	rpc("check_blocklist", '["09005"]') rpc("check_blocklist", '["090015"]') rpc("check_allowlist", '["090015"]') rpc("check_allowlist", '["5"]') rpc("check_blocklist", '[]')
	rpc("check_userblocklist", '["491","alice"]') rpc("check_userblocklist", '["491","alice","home.test"]') rpc("check_userblocklist", '["491","alice","x"]') rpc("check_userallowlist", '["4930","alice","home.test"]') rpc("check_userallowlist", '["4930"]') rpc("reload_blocklist", "[]")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
