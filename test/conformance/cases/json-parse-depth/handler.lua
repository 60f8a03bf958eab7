local function nested(n, inner)
	return '{"a":' .. string.rep("[", n) .. inner .. string.rep("]", n) .. "}";
end

function ksr_xhttp_event(evname)
	local out = "";
	for i, d in ipairs({ nested(30, "7"), nested(31, ""), nested(31, "7"), nested(32, ""), nested(5000, "") }) do
		KSR.pv.sets("$var(d)", d);
		out = out .. KSR.pv.getw("$(var(d){json.parse,a})") .. "\n";
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
