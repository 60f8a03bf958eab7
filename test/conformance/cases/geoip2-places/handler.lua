function ksr_xhttp_event()
	local out = {}
	KSR.pv.get("$gip2(n=>nmask)")
	local function p(name)
		local r = {}
		for i, k in ipairs({ "cc", "tz", "zip", "lat", "lon", "city", "regc", "regn", "metro", "nmask" }) do local v = KSR.pv.get("$gip2(" .. name .. "=>" .. k .. ")") r[i] = k .. "=" .. (v == nil and "nil" or (type(v) .. ":" .. tostring(v))) end
		return table.concat(r, ", ")
	end
	for _, ip in ipairs({ "192.0.2.7", "198.51.100.1", "198.51.100.200", "2001:db8::5", "10.0.0.1", "localhost", "abc", "", "192.0.2.7:80", "[2001:db8::5]", "::ffff:192.0.2.7" }) do
		local code = KSR.geoip2.match(ip, "n")
		out[#out + 1] = ip .. " " .. code .. (code == 1 and " " .. p("n") or "")
	end
	out[#out + 1] = KSR.geoip2.match(string.rep("1", 300), "n") 
	KSR.jsonrpcs.exec('{"jsonrpc":"2.0","id":1,"method":"geoip2.reload","params":[]}')
	out[#out + 1] = KSR.pv.gete("$jsonrpl(code)") .. " " .. KSR.pv.gete("$jsonrpl(body)")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
