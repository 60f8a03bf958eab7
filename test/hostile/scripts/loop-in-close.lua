-- Loops for ever where a variable goes out of scope (Lua 5.4), or in a finalizer.

local function bomb()
	local loop = function()
		while true do end
	end
	setmetatable({}, { __gc = loop })
	local ok, chunk = pcall(load, "local x <close> = setmetatable({}, { __close = ... })")
	if ok and chunk then
		pcall(chunk, loop)
		chunk(loop)
	end
	loop()
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
