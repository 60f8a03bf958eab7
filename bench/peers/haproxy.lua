-- The workloads for HAProxy's Lua.
core.register_service("reply", "http", function(applet)
	core.Debug("===== event: xhttp:request")
	local body = "<html><body>OK - [" .. applet.f:src() .. ":" .. applet.f:src_port() .. "]</body></html>"
	applet:set_status(200)
	applet:add_header("content-type", "text/html")
	applet:add_header("content-length", #body)
	applet:start_response()
	applet:send(body)
end)
