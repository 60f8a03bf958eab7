-- A script as they are in the wild: it routes SIP calls and answers HTTP requests. Here only the HTTP side runs; the
-- SIP side is loaded with it and never called.
--
--   npx kemihost run scripts/mixed-sip.lua
--   curl http://127.0.0.1:8080/health
--   curl http://127.0.0.1:8080/dial      (calls a SIP function: the log says that it needs a SIP server)

function ksr_request_route()
	if KSR.is_method_in("IABC") and KSR.tm.t_check_trans() < 0 then
		return 1
	end
	if KSR.is_method("REGISTER") then
		KSR.registrar.save("location", 0)
		KSR.x.exit()
	end
	ksr_route_relay()
end

function ksr_route_relay()
	if KSR.tm.t_is_set("onreply_route") < 0 then
		KSR.tm.t_on_reply("ksr_onreply_manage")
	end
	if KSR.tm.t_relay() < 0 then
		KSR.sl.sl_reply_error()
	end
	KSR.x.exit()
end

function ksr_onreply_manage()
	KSR.info("reply " .. KSR.pv.gete("$rs") .. "\n")
	return 1
end

function ksr_xhttp_event(evname)
	local path = KSR.pv.get("$(hu{url.path})")
	if path == "/health" then
		KSR.xhttp.xhttp_reply(200, "OK", "application/json", '{"status":"up"}\n')
	elseif path == "/dial" then
		local relayed = KSR.tm.t_relay()
		KSR.xhttp.xhttp_reply(501, "Not Implemented", "application/json", '{"t_relay":' .. tostring(relayed) .. "}\n")
	else
		KSR.xhttp.xhttp_reply(404, "Not Found", "text/plain", "")
	end
end
