-- The xhttp README's event_callback: the function may have any name. It is called with the event's name.
--
--   npx kemihost run scripts/event-callback.lua --event-callback on_http_request
--   curl http://127.0.0.1:8080/

-- kemihost-disable callback -- the command line names the function

function on_http_request(evname)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "on_http_request was called with " .. evname .. "\n")
end
