-- Harmless: replies with what it can read of the request.

function ksr_xhttp_event()
	local get = KSR.pv.get
	local body = get("$rb")
	local parts = { get("$rm"), get("$hu"), body or "", KSR.hdr.gete("X-Echo"), KSR.hdr.gete("Host"), KSR.hdr.gete("Content-Type") }
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(parts, "|"))
end
