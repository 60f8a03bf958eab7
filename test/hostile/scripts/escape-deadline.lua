-- Tries to switch off what watches over it, then loops for ever.

local function bomb()
	pcall(function() collectgarbage("stop") end)
	pcall(function() collectgarbage("setpause", 10 ^ 9) end)
	pcall(function() debug.sethook() end)
	pcall(function() coroutine.running = nil end)
	pcall(function() coroutine.close(coroutine.running()) end)
	for _, name in ipairs({ "pcall", "xpcall", "error", "setmetatable", "getmetatable", "next", "type", "tostring", "select" }) do
		_G[name] = function()
			while true do end
		end
	end
	for name in next, string do string[name] = nil end
	for name in next, table do table[name] = nil end
	while true do end
end

function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/bomb1" then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
