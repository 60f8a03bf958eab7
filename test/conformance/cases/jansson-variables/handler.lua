local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local doc = '{"s":"text","i":7,"n":null,"o":{"a":1},"r":1.5,"u":"no uri"}';
	local out = "";
	local function get(path, name)
		local ret = KSR.jansson.get(path, doc, name);
		out = out .. path .. " -> " .. name .. ": " .. ret .. " " .. show(KSR.pv.get(name)) .. "\n";
	end
	for i, p in ipairs({ "s", "i", "n", "o", "r" }) do
		get(p, "$avp(a)");
	end
	get("n", "$avp(a)");
	KSR.pv.sets("$var(v)", "x");
	get("n", "$var(v)");
	get("s", "$vn(v)");
	get("n", "$vn(v)");
	get("i", "$shv(v)");
	get("s", "$xavp(x=>y)");
	get("s", "$si");
	get("s", "$hdr(Host)");
	get("s", "$nosuch(v)");
	get("s", "var(v)");
	get("s", "");
	get("u", "$ru");
	get("none", "$si");
	get("none", "$nosuch(v)");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
