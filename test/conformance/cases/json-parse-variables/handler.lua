local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

local expressions = { "$(rb{json.parse,$var(p)})", "$(rb{json.parse, $var(p) })", "$(rb{json.parse,$(var(p){s.rm,x})})", "$(rb{json.parse,a.$var(q)})", "$(rb{json.parse,l[$var(i)]})", "$(rb{json.parse,l[$var(i)]x})", "$(rb{json.parse,$var(p).b})", "$(rb{json.parse,$var(i)})", "$(rb{json.parse,$var(unset)})", "$(rb{json.parse,$vn(none)})", "$(rb{json.parse,$avp(none)})", "$(rb{json.parse,a.$avp(none)})", "$(rb{json.PARSE,a})", "$(rb{ json.parse,a})", "$(rb{json.parse })", "$(rb{json.parse})", "$(rb{json.encode})", "$(rb{json.nope,a})", "$(rb{JSON.parse,a})", "$(vn(none){json.parse,a})", "$(avp(none){json.parse,a})", "$(var(i){json.parse,a})", "$(rb{json.parse,a}{json.parse,b})", "$(rb{json.parse,a}{s.len})", "$(rb{json.parse,none}{s.len})" };

function ksr_xhttp_event(evname)
	local out = "";
	KSR.pv.sets("$var(p)", "a");
	KSR.pv.sets("$var(q)", "b");
	KSR.pv.seti("$var(i)", 2);
	for i, e in ipairs(expressions) do
		out = out .. e .. " : " .. show(KSR.pv.get(e)) .. "\n";
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
