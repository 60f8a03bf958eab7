function ksr_xhttp_event()
	local out = {}
	local function match(tree, text, mode)
		KSR.pv.sets("$var(v)", "")
		local code = KSR.mtree.mt_match(tree, text, mode)
		out[#out + 1] = table.concat({ tree, text, mode, code, KSR.pv.gete("$var(v)"), KSR.pv.gete("$(avp(i:5)[*])") }, " | ")
	end
	match("one", "499", 0)
	match("one", "499", 2)
	match("ab", "a12", 0)
	match("ab", "cc", 0)
	match("ab", "d", 0)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
