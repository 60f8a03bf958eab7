-- Uses as words what every object of the host inherits.

local words = { "__proto__", "constructor", "hasOwnProperty", "toString", "valueOf", "__defineGetter__" }

local function use(word)
	KSR.log(word, "a")
	KSR.xlog.xlog(word, "a")
	KSR.hdr.match_content("Host", word, "h", "a")
	KSR.hdr.match_content("Host", "eq", "h", word)
	KSR.regex.pcre_match("a", "[[:" .. word .. ":]]")
	KSR.textops.search("[[:" .. word .. ":]]")
	KSR.pv.sets("$var(xml)", "<a>&" .. word .. ";</a>")
	KSR.pv.sets("$xml(x=>doc)", "<a>&" .. word .. ";</a>")
	KSR.pv.get("$xml(x=>xpath:/a/text())")
	for _, name in ipairs({ "http_req", "branch", "sbranch", "br", "jsonrpl", "time", "avp", "xavp", "shv", "tls", "via0", "C" }) do
		local variable = "$" .. name .. "(" .. word .. ")"
		KSR.pv.get(variable)
		KSR.pv.sets(variable, "a")
		KSR.pv.get(variable)
	end
	KSR.pv.get("$" .. word)
	KSR.pv.get("$(hu{" .. word .. "})")
	KSR.pv.get("$(hu{s." .. word .. "})")
	pcall(require, word)
end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then use(words[tonumber(way)]) end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
