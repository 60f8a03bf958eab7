function ksr_xhttp_event()
	local function got()
		local s = tostring(KSR.pv.get("$avp(id)")) .. "/" .. tostring(KSR.pv.get("$avp(level)"))
		KSR.pv.unset("$avp(id)") KSR.pv.unset("$avp(level)")
		return s
	end
	local q = KSR.auth_db
	local out = { KSR.hdr.gete("X-Case") }
	local function add(rc) out[#out + 1] = rc .. " " .. got() end
	add(q.auth_check("test", "subscriber", 0))
	add(q.is_subscriber("sip:alice@home.test", "subscriber", 0))
	add(q.is_subscriber("sip:alice@else.test", "subscriber", 0))
	add(q.is_subscriber("sip:alice@else.test", "subscriber", 1))
	add(q.is_subscriber("sip:alice@home.test", "subscriber", 3))
	add(q.is_subscriber("sip:carl@home.test", "subscriber", 1))
	add(q.is_subscriber("sip:nobody@home.test", "subscriber", 0))
	add(q.is_subscriber("sip:o'neil@test", "subscriber", 1))
	add(q.is_subscriber("sip:alice:pw@home.test;x=1", "subscriber", 1))
	add(q.is_subscriber("sip:home.test", "subscriber", 1))
	add(q.is_subscriber("alice", "subscriber", 1))
	add(q.is_subscriber("tel:alice", "subscriber", 0))
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, ", "))
end
