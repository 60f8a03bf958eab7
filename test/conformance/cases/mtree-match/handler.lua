local numbers = { "49", "493012", "4930", "4", "1900", "44", "49x", "x", "124", "" }

function ksr_xhttp_event()
	local out = {}
	local function match(tree, number, mode)
		for _, name in ipairs({ "tvalue", "tvalues", "tdstid", "tweight" }) do
			while KSR.pv.get("$avp(" .. name .. ")") do KSR.pv.unset("$avp(" .. name .. ")") end
		end
		local line = { tree, number, mode, KSR.mtree.mt_match(tree, number, mode), KSR.pv.gete("$avp(tvalue)"),
			KSR.pv.gete("$(avp(tvalues)[*])"), KSR.pv.gete("$(avp(tdstid)[*])"), KSR.pv.gete("$(avp(tweight)[*])") }
		out[#out + 1] = table.concat(line, " | ")
	end
	for _, number in ipairs(numbers) do
		for _, tree in ipairs({ "plain", "dw", "one", "two", "none" }) do
			match(tree, number, 0)
			match(tree, number, 2)
		end
		match("rates", number, 2)
	end
	match("plain", "49301", 1)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
