local function part(value, name)
	KSR.pv.sets("$var(x)", "sip:another@x");
	KSR.pv.get("$(var(x){nameaddr.uri})");
	KSR.pv.sets("$var(x)", value);
	return KSR.pv.get("$(var(x){nameaddr." .. name .. "})");
end

local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

local function attempt(call)
	local ok, v = pcall(call);
	if not ok then return "throws" end
	return show(v);
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "part('<sip:a', 'name'): " .. attempt(function() return part('<sip:a', 'name') end) .. "\n";
	out = out .. "part('<sip:a', 'uri'): " .. attempt(function() return part('<sip:a', 'uri') end) .. "\n";
	out = out .. "part('<sip:a', 'len'): " .. attempt(function() return part('<sip:a', 'len') end) .. "\n";
	out = out .. "part('sip:a', 'name'): " .. attempt(function() return part('sip:a', 'name') end) .. "\n";
	out = out .. "part('sip:a', 'uri'): " .. attempt(function() return part('sip:a', 'uri') end) .. "\n";
	out = out .. "part('sip:a', 'len'): " .. attempt(function() return part('sip:a', 'len') end) .. "\n";
	out = out .. "part('\"A\" <sip:a', 'name'): " .. attempt(function() return part('"A" <sip:a', 'name') end) .. "\n";
	out = out .. "part('\"A\" <sip:a', 'uri'): " .. attempt(function() return part('"A" <sip:a', 'uri') end) .. "\n";
	out = out .. "part('\"A\" <sip:a', 'len'): " .. attempt(function() return part('"A" <sip:a', 'len') end) .. "\n";
	out = out .. "part('\"A <sip:a>', 'name'): " .. attempt(function() return part('"A <sip:a>', 'name') end) .. "\n";
	out = out .. "part('\"A <sip:a>', 'uri'): " .. attempt(function() return part('"A <sip:a>', 'uri') end) .. "\n";
	out = out .. "part('\"A <sip:a>', 'len'): " .. attempt(function() return part('"A <sip:a>', 'len') end) .. "\n";
	out = out .. "part('A <sip:a> b', 'name'): " .. attempt(function() return part('A <sip:a> b', 'name') end) .. "\n";
	out = out .. "part('A <sip:a> b', 'uri'): " .. attempt(function() return part('A <sip:a> b', 'uri') end) .. "\n";
	out = out .. "part('A <sip:a> b', 'len'): " .. attempt(function() return part('A <sip:a> b', 'len') end) .. "\n";
	out = out .. "part('<>', 'name'): " .. attempt(function() return part('<>', 'name') end) .. "\n";
	out = out .. "part('<>', 'uri'): " .. attempt(function() return part('<>', 'uri') end) .. "\n";
	out = out .. "part('<>', 'len'): " .. attempt(function() return part('<>', 'len') end) .. "\n";
	out = out .. "part('<', 'name'): " .. attempt(function() return part('<', 'name') end) .. "\n";
	out = out .. "part('<', 'uri'): " .. attempt(function() return part('<', 'uri') end) .. "\n";
	out = out .. "part('<', 'len'): " .. attempt(function() return part('<', 'len') end) .. "\n";
	out = out .. "part('>', 'name'): " .. attempt(function() return part('>', 'name') end) .. "\n";
	out = out .. "part('>', 'uri'): " .. attempt(function() return part('>', 'uri') end) .. "\n";
	out = out .. "part('>', 'len'): " .. attempt(function() return part('>', 'len') end) .. "\n";
	out = out .. "part('\"A', 'name'): " .. attempt(function() return part('"A', 'name') end) .. "\n";
	out = out .. "part('\"A', 'uri'): " .. attempt(function() return part('"A', 'uri') end) .. "\n";
	out = out .. "part('\"A', 'len'): " .. attempt(function() return part('"A', 'len') end) .. "\n";
	out = out .. "part('A <', 'name'): " .. attempt(function() return part('A <', 'name') end) .. "\n";
	out = out .. "part('A <', 'uri'): " .. attempt(function() return part('A <', 'uri') end) .. "\n";
	out = out .. "part('A <', 'len'): " .. attempt(function() return part('A <', 'len') end) .. "\n";
	out = out .. "part('\"\" <x>', 'name'): " .. attempt(function() return part('"" <x>', 'name') end) .. "\n";
	out = out .. "part('\"\" <x>', 'uri'): " .. attempt(function() return part('"" <x>', 'uri') end) .. "\n";
	out = out .. "part('\"\" <x>', 'len'): " .. attempt(function() return part('"" <x>', 'len') end) .. "\n";
	out = out .. "part('\" <x>', 'name'): " .. attempt(function() return part('" <x>', 'name') end) .. "\n";
	out = out .. "part('\" <x>', 'uri'): " .. attempt(function() return part('" <x>', 'uri') end) .. "\n";
	out = out .. "part('\" <x>', 'len'): " .. attempt(function() return part('" <x>', 'len') end) .. "\n";
	out = out .. "part('A \"B\" <x>', 'name'): " .. attempt(function() return part('A "B" <x>', 'name') end) .. "\n";
	out = out .. "part('A \"B\" <x>', 'uri'): " .. attempt(function() return part('A "B" <x>', 'uri') end) .. "\n";
	out = out .. "part('A \"B\" <x>', 'len'): " .. attempt(function() return part('A "B" <x>', 'len') end) .. "\n";
	out = out .. "part(' <x>', 'name'): " .. attempt(function() return part(' <x>', 'name') end) .. "\n";
	out = out .. "part(' <x>', 'uri'): " .. attempt(function() return part(' <x>', 'uri') end) .. "\n";
	out = out .. "part(' <x>', 'len'): " .. attempt(function() return part(' <x>', 'len') end) .. "\n";
	out = out .. "part('<a><b>', 'name'): " .. attempt(function() return part('<a><b>', 'name') end) .. "\n";
	out = out .. "part('<a><b>', 'uri'): " .. attempt(function() return part('<a><b>', 'uri') end) .. "\n";
	out = out .. "part('<a><b>', 'len'): " .. attempt(function() return part('<a><b>', 'len') end) .. "\n";
	out = out .. "part('x<y>z<w>', 'name'): " .. attempt(function() return part('x<y>z<w>', 'name') end) .. "\n";
	out = out .. "part('x<y>z<w>', 'uri'): " .. attempt(function() return part('x<y>z<w>', 'uri') end) .. "\n";
	out = out .. "part('x<y>z<w>', 'len'): " .. attempt(function() return part('x<y>z<w>', 'len') end) .. "\n";
	out = out .. "part('\"a<b\"', 'name'): " .. attempt(function() return part('"a<b"', 'name') end) .. "\n";
	out = out .. "part('\"a<b\"', 'uri'): " .. attempt(function() return part('"a<b"', 'uri') end) .. "\n";
	out = out .. "part('\"a<b\"', 'len'): " .. attempt(function() return part('"a<b"', 'len') end) .. "\n";
	out = out .. "part('\"a<b\" <c>', 'name'): " .. attempt(function() return part('"a<b" <c>', 'name') end) .. "\n";
	out = out .. "part('\"a<b\" <c>', 'uri'): " .. attempt(function() return part('"a<b" <c>', 'uri') end) .. "\n";
	out = out .. "part('\"a<b\" <c>', 'len'): " .. attempt(function() return part('"a<b" <c>', 'len') end) .. "\n";
	out = out .. "part('\"a<b', 'name'): " .. attempt(function() return part('"a<b', 'name') end) .. "\n";
	out = out .. "part('\"a<b', 'uri'): " .. attempt(function() return part('"a<b', 'uri') end) .. "\n";
	out = out .. "part('\"a<b', 'len'): " .. attempt(function() return part('"a<b', 'len') end) .. "\n";
	out = out .. "part('a\"<b', 'name'): " .. attempt(function() return part('a"<b', 'name') end) .. "\n";
	out = out .. "part('a\"<b', 'uri'): " .. attempt(function() return part('a"<b', 'uri') end) .. "\n";
	out = out .. "part('a\"<b', 'len'): " .. attempt(function() return part('a"<b', 'len') end) .. "\n";
	out = out .. "part('<a\">\"b>', 'name'): " .. attempt(function() return part('<a">"b>', 'name') end) .. "\n";
	out = out .. "part('<a\">\"b>', 'uri'): " .. attempt(function() return part('<a">"b>', 'uri') end) .. "\n";
	out = out .. "part('<a\">\"b>', 'len'): " .. attempt(function() return part('<a">"b>', 'len') end) .. "\n";
	out = out .. "part('a;b=<c', 'name'): " .. attempt(function() return part('a;b=<c', 'name') end) .. "\n";
	out = out .. "part('a;b=<c', 'uri'): " .. attempt(function() return part('a;b=<c', 'uri') end) .. "\n";
	out = out .. "part('a;b=<c', 'len'): " .. attempt(function() return part('a;b=<c', 'len') end) .. "\n";
	out = out .. "part('<a\">', 'name'): " .. attempt(function() return part('<a">', 'name') end) .. "\n";
	out = out .. "part('<a\">', 'uri'): " .. attempt(function() return part('<a">', 'uri') end) .. "\n";
	out = out .. "part('<a\">', 'len'): " .. attempt(function() return part('<a">', 'len') end) .. "\n";
	out = out .. "part('\"x\" \"y\" <z>', 'name'): " .. attempt(function() return part('"x" "y" <z>', 'name') end) .. "\n";
	out = out .. "part('\"x\" \"y\" <z>', 'uri'): " .. attempt(function() return part('"x" "y" <z>', 'uri') end) .. "\n";
	out = out .. "part('\"x\" \"y\" <z>', 'len'): " .. attempt(function() return part('"x" "y" <z>', 'len') end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
