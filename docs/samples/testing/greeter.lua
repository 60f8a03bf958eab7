-- Greets by the time of day, counts greetings in a hash table, and asks another server for names it does not know.
local function greeting()
	local hour = tonumber(os.date("!%H"))
	return hour < 12 and "good morning" or "good evening"
end

function ksr_xhttp_event(evname)
	local id = KSR.hdr.get("X-User")
	if not id then
		return KSR.xhttp.xhttp_reply(400, "Bad Request", "text/plain", "who are you?")
	end
	local name = KSR.htable.sht_get("names", id)
	if not name then
		if KSR.http_client.query("http://directory/" .. id, "$var(name)") ~= 200 then
			KSR.err("the directory does not know " .. id)
			return KSR.xhttp.xhttp_reply(502, "Bad Gateway", "text/plain", "no name")
		end
		name = KSR.pv.get("$var(name)")
		KSR.htable.sht_setxs("names", id, name, 60)
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", greeting() .. ", " .. name)
end
