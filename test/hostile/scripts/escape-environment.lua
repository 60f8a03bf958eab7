-- Asks for the environment of the host, where passwords are kept. Replies with what it got, which is nothing.

local function found()
	local list = {}
	for _, name in ipairs({ "KEMIHOST_TEST_SECRET", "PATH", "HOME" }) do
		list[#list + 1] = os and os.getenv and os.getenv(name) or ""
		list[#list + 1] = KSR.pv.gete("$env(" .. name .. ")")
		list[#list + 1] = KSR.kx.get_env(name)
	end
	return table.concat(list)
end

function ksr_xhttp_event()
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$hu") == "/bomb1" and found() or "fine")
end
