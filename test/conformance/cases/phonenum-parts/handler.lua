function ksr_xhttp_event()
	local out = {}
	local function show(...)
		local line = { ... }
		for i = 1, select("#", ...) do line[i] = tostring(line[i]) end
		out[#out + 1] = table.concat(line, " | ")
	end
	local function p(name) 
		local r = {}
		for i, k in ipairs({ "number", "normalized", "ltype", "error", "cctel", "valid", "ccname" }) do local v = KSR.pv.get("$phn(" .. name .. "=>" .. k .. ")") r[i] = v == nil and "nil" or (type(v) .. ":" .. tostring(v)) end
		return table.concat(r, ", ")
	end
	show("before", p("n"))
	for _, n in ipairs({ "+4930123456", "+49 (30) 901820", "+491701234567", "+12125551234", "+18005551234", "+44 20 7946 0958", "+447400123456", "+4989", "030123456", "112", "", "abc", "tel:+49-30-901820", "+390612345678", "+41446681800", "+8001234567", "+33 1 09 75 83 51", "+19005551234", "+4918012345", "0049301234567", "+1 613 5550123", "+881612345678", "+7 495 1234567", "+49301", "+4930123456789012345", "+5511961234567" }) do
		show(n, KSR.phonenum.match(n, "n"), p("n"))
	end
	show(KSR.phonenum.match("+4930123456", "extra"), p("extra"))
	show(KSR.phonenum.match(string.rep("1", 300), "n"), p("n"))
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
