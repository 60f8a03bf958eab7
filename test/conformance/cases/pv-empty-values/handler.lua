-- Empty header values among several, a dollar sign as a variable, and an integer's query string.

local function show(value)
	return type(value) .. "[" .. tostring(value) .. "]"
end

function ksr_xhttp_event(evname)
	KSR.pv.seti("$var(n)", 12)
	local names = {
		"$(hdr(X-List)[*])", "$(hfl(X-List)[*])", "$hdr(X-List)", "$(hdr(X-List)[-1])", "$hdrc(X-List)",
		"$$", "$($)", "$(var(n){url.querystring})", "$(var(n){url.path})", "$(hu{url.querystring})",
	}
	local lines = {}
	for _, name in ipairs(names) do
		lines[#lines + 1] = name .. " " .. show(KSR.pv.get(name))
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(lines, "\n") .. "\n")
end
