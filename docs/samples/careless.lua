-- A handler with three mistakes, for the page about kemihost check.
function ksr_xhttp_event(evname)
	KSR.info("request of " .. KSR.hdr.get("User-Agent"))
	if not KSR.is_GET() then
		KSR.xhttp.xhttp_reply(405, "Method Not Allowed", "text/plain", "only GET")
	end
	KSR.hdr.apend_to_reply("X-Powered-By: care\r\n")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
