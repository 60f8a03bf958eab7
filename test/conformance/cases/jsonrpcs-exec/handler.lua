function ksr_xhttp_event(evname)
	local r = KSR.jsonrpcs.exec(KSR.pv.gete("$rb"))
	local text = "[" .. r .. "]"
	if r == 1 then
		text = text .. " [" .. KSR.pv.getw("$jsonrpl(code)") .. "] [" .. KSR.pv.getw("$jsonrpl(text)") .. "] [" .. KSR.pv.getw("$jsonrpl(body)") .. "]"
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", text)
end
