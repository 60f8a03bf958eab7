local function send(applet, status, body)
	applet:set_status(status)
	applet:add_header("content-type", "text/plain")
	applet:add_header("content-length", #body)
	applet:start_response()
	applet:send(body)
end
core.register_service("handle", "http", function(applet)
	if applet.path == "/plain" then return send(applet, 200, "plain\n") end
	local answer = core.httpclient():get({ url = os.getenv("UPSTREAM") })
	send(applet, answer.status == 0 and 502 or answer.status, (answer.body or "") .. "\n")
end)
