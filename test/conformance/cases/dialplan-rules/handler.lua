local texts = { "0049123", "112", "01234", "1234", "12345", "71", "91", "61", "aBBBbbb", "yes", "y", "xy", "" }

function ksr_xhttp_event()
	local out = {}
	local function show(...)
		local line = { ... }
		for i = 1, select("#", ...) do line[i] = tostring(line[i]) end
		out[#out + 1] = table.concat(line, " ")
	end
	local function fresh()
		KSR.pv.sets("$var(out)", "old")
		KSR.pv.unset("$avp(attrs)")
	end
	local function kept() return KSR.pv.gete("$var(out)") .. " [" .. KSR.pv.gete("$avp(attrs)") .. "]" end
	for id = 1, 4 do
		for _, text in ipairs(texts) do
			fresh()
			local match = KSR.dialplan.dp_match(id, text)
			show(id, text, match, kept())
			fresh()
			local replace = KSR.dialplan.dp_replace(id, text, "$var(out)")
			show(replace, kept())
			fresh()
			KSR.pv.sets("$var(in)", text)
			local translate = KSR.dialplan.dp_translate_vars(id, "$var(in)", "$var(out)")
			show(translate, kept())
		end
	end
	KSR.pv.sets("$var(in)", "112")
	show(KSR.dialplan.dp_translate(1), KSR.dialplan.dp_translate(4))
	show(KSR.dialplan.dp_replace(1, "112", "$rm"), KSR.dialplan.dp_replace(1, "112", "none"), KSR.dialplan.dp_replace(4, "112", "none"))
	show(KSR.dialplan.dp_translate_vars(1, "$rm", "$var(out)"), KSR.dialplan.dp_translate_vars(1, "", "$var(out)"))
	show(KSR.dialplan.dp_translate_vars(1, "112", "$var(out)"), KSR.dialplan.dp_translate_vars(4, "112", "$var(out)"))
	show(KSR.dialplan.dp_translate_vars(1, "$var(in)", "$rm"), KSR.dialplan.dp_translate_vars(1, "$avp(none)", "$var(out)"))
	show(KSR.dialplan.dp_translate_vars(1, "$var(in)", "$xavp(a=>b)"), KSR.pv.gete("$xavp(a=>b)"))
	KSR.pv.seti("$var(in)", 112)
	show(KSR.dialplan.dp_translate_vars(1, "$var(in)", "$avp(into)"), KSR.pv.gete("$avp(into)"))
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
