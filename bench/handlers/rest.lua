-- A REST handler: route, one query parameter, three headers, a pattern, a JSON answer, a header of its own.
function ksr_xhttp_event(evname)
	local url = KSR.pv.gete("$hu")
	local path, query = string.match(url, "^([^?]*)%??(.*)$")
	local id = string.match(path, "^/notes/(%d+)$")
	if not id then
		KSR.xhttp.xhttp_reply(404, "Not Found", "application/json", '{"error":"nothing there"}')
		return 1
	end
	local limit = string.match("&" .. query, "&limit=(%d+)") or "10"
	local agent, accept, trace = KSR.hdr.gete("User-Agent"), KSR.hdr.gete("Accept"), KSR.hdr.gete("X-Trace")
	KSR.hdr.append_to_reply("X-Trace: " .. trace .. "\r\n")
	KSR.xhttp.xhttp_reply(200, "OK", "application/json", string.format(
		'{"id":%s,"limit":%s,"agent":"%s","accept":"%s"}', id, limit, agent, accept))
	return 1
end
