-- Raises an object that fails when it is printed.

local function bomb()
	error(setmetatable({}, {
		__tostring = function() error(setmetatable({}, { __tostring = function() error("again") end })) end,
		__index = function() error("index") end,
		__metatable = 5,
		__name = {},
	}))
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
