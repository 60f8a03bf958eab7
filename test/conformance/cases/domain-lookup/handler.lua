function ksr_xhttp_event()
	local out = {}
	local function show(...)
		local line = { ... }
		for i = 1, select("#", ...) do line[i] = tostring(line[i]) end
		out[#out + 1] = table.concat(line, " ")
	end
	for _, d in ipairs({ "example.org", "EXAMPLE.com", "example.net", "a.test", "x.test", "", "example.org " }) do show(d, KSR.domain.is_domain_local(d)) end
	for _, d in ipairs({ "example.com", "example.org", "a.test", "x.test", "example.net" }) do
		for _, n in ipairs({ "did", "plan", "limit", "x" }) do while KSR.pv.get("$avp(" .. n .. ")") do KSR.pv.unset("$avp(" .. n .. ")") end end
		show(d, KSR.domain.lookup_domain(d), KSR.pv.get("$avp(did)"), KSR.pv.get("$(avp(plan)[*])"), KSR.pv.get("$avp(limit)"), KSR.pv.get("$avp(x)"))
	end
	show(KSR.domain.lookup_domain_prefix("example.com", "d_"), KSR.pv.get("$avp(d_did)"), KSR.pv.get("$(avp(d_plan)[*])"))
	show(KSR.domain.is_from_local(), KSR.domain.is_uri_host_local())
	show(KSR.is_myself("sip:x@a.test"), KSR.is_myself("sip:x@b.test:99"), KSR.is_myself("sip:x@c.test"), KSR.is_myself("a.test"))
	local function rpc(m, p)
		KSR.jsonrpcs.exec('{"jsonrpc":"2.0","id":1,"method":"domain.' .. m .. '","params":' .. p .. '}')
		show(m, p, KSR.pv.gete("$jsonrpl(code)"), KSR.pv.gete("$jsonrpl(body)"))
	end
	if KSR.pv.get("$hu") == "/" and not KSR.hdr.get("From") then rpc("dump", "[]") rpc("reload", "[]") end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
