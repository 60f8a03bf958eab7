-- Computes.
local function fib(n)
	if n < 2 then return n end
	return fib(n - 1) + fib(n - 2)
end

function ksr_xhttp_event(evname)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", tostring(fib(22)))
	return 1
end
