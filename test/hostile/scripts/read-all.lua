-- Harmless: reads the request by every way there is, evaluates its body as a text with variables, and replies with all.

local NAMES = {
	"rm", "rmid", "hu", "rv", "rb", "bs", "cl", "cT", "ua", "mb", "ml", "hdr(X-A)", "(hdr(X-A)[-1])", "(hdr(X-A)[*])", "hdrc(X-A)",
	"hfl(Via)", "(hfl(Via)[1])", "hflc(Via)", "si", "sp", "su", "via0(uri)", "au", "aU", "ad", "ar", "adu", "aa", "adn", "fu", "fU",
	"fd", "fn", "ft", "tu", "tU", "tn", "tt", "ci", "cs", "csb", "ct", "ctu", "rt", "ai", "pu", "pU", "ru", "rU", "rd", "rp", "ou", "oU",
	"di", "dir", "re", "(hu{s.len})", "(hu{s.md5})", "(hu{s.rev})", "(hu{s.select,1,/})", "(hu{url.path})", "(hu{url.querystring})",
	"(rb{s.decode.hexa})", "(rb{s.escape.common})", "(rb{s.encode.hexa})", "(rb{s.decode.base64})", "(rb{s.int})", "(rb{param.value,a})",
	"(rb{param.count})", "(rb{line.at,0})", "(rb{line.count})", "(rb{s.substr,1,3})", "(hu{uri.user})", "(hu{nameaddr.name})",
	"(rb{s.trim})", "(rb{s.unquote})", "(rb{s.tolower})", "(rb{json.parse,a})", "(rb{urlencode.param})", "(rb{s.unescape.param})",
}

local function text(value)
	return value == nil and "-" or tostring(value)
end

function ksr_xhttp_event()
	local list = {}
	for i, name in ipairs(NAMES) do list[i] = text(KSR.pv.get("$" .. name)) end
	for _, name in ipairs({ "X-A", "Host", "Content-Type", "Via", "a b", "" }) do
		list[#list + 1] = text(KSR.hdr.get(name))
		list[#list + 1] = text(KSR.hdr.get_idx(name, -2))
		list[#list + 1] = text(KSR.hdr.is_present(name))
	end
	local body = KSR.pv.get("$rb") or ""
	list[#list + 1] = text(KSR.pv.get(body))
	list[#list + 1] = text(KSR.pvx.evalx("$var(x)", body))
	KSR.xlog.xinfo(body)
	KSR.hdr.append_to_reply("X-B: " .. body)
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(list, "\n"))
end
