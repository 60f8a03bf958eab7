-- Compiles source text that is nested deeply.

local function bomb(way)
	local parts = { "(", "{", "[[", "-", "not ", "do ", "function() ", "if x then ", "a.b", "x..", "2^" }
	local chunk, message = (loadstring or load)("return " .. string.rep(parts[way], 50000))
	if not chunk and #message > 10000 then error("a message of " .. #message) end
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bomb(tonumber(way)) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
