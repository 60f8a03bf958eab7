-- Answers GET /hello?name=… with a greeting in JSON.
local cjson = require("cjson")

local function reply(code, reason, value)
	KSR.xhttp.xhttp_reply(code, reason, "application/json", cjson.encode(value))
end

function ksr_xhttp_event(evname)
	if KSR.pv.get("$(hu{url.path})") ~= "/hello" then
		return reply(404, "Not Found", { error = "nothing here" })
	end
	local name = "world"
	if string.find(KSR.xhttp.get_hu(), "[?&]name=") then
		name = KSR.pv.gete("$(hu{url.querystring}{param.value,name,&}{s.urldecode.param})")
	end
	KSR.info("greets " .. name)
	reply(200, "OK", { hello = name })
end
