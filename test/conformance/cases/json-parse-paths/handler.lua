local paths = { "a", "a.b", "a.b[0]", "a.b[1]", "a.b[1][1]", "a.b[2]", "a.b[2].c", "a.b[-1]", "a.b[9]", "a.b[x]", "a.b[]", "a.b[0", "a.b[ 1]", "a[0]", "a[0].b", "l", "l[1]", "l[1]x", "l.1", "l[01]", "l[+1]", "l[4294967297]", "a%b", "p%q", "n", "n.x", "t", "t.x", "f", "s", "s.x", "e", "o", "o.x", "o.y", "with space", " a", "a ", "a.", "k[0]", "big", "none", "none.x", "A", "a,b", "a\tb", "a\t" };

function ksr_xhttp_event(evname)
	local out = "";
	for i, p in ipairs(paths) do
		local v = KSR.pv.get("$(rb{json.parse," .. p .. "})");
		out = out .. p .. " : " .. (v == nil and "null" or "<" .. v .. ">") .. "\n";
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
