-- Empty header values among several, and a dollar sign as a variable.

local function show(value)
	return type(value) .. "[" .. tostring(value) .. "]"
end

function ksr_xhttp_event(evname)
	local names = {
		"$(hdr(X-List)[*])", "$(hfl(X-List)[*])", "$hdr(X-List)", "$(hdr(X-List)[-1])", "$hdrc(X-List)",
		"$$", "$($)", "$(hu{url.querystring})",
	}
	local lines = {}
	for _, name in ipairs(names) do
		lines[#lines + 1] = name .. " " .. show(KSR.pv.get(name))
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(lines, "\n") .. "\n")
end
