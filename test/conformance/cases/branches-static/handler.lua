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
	out = out .. "KSR.pvx.sbranch_append(): " .. attempt(function() return KSR.pvx.sbranch_append() end) .. "\n";
	out = out .. "KSR.pvx.sbranch_set_ruri(): " .. attempt(function() return KSR.pvx.sbranch_set_ruri() end) .. "\n";
	out = out .. "KSR.pv.sets(\"$sbranch(uri)\",\"sip:s@s\"): " .. attempt(function() return KSR.pv.sets("$sbranch(uri)","sip:s@s") end) .. "\n";
	out = out .. "KSR.pv.sets(\"$sbranch(dst_uri)\",\"sip:d@s\"): " .. attempt(function() return KSR.pv.sets("$sbranch(dst_uri)","sip:d@s") end) .. "\n";
	out = out .. "KSR.pv.sets(\"$sbranch(path)\",\"<sip:p@s>\"): " .. attempt(function() return KSR.pv.sets("$sbranch(path)","<sip:p@s>") end) .. "\n";
	out = out .. "KSR.pv.seti(\"$sbranch(q)\",500): " .. attempt(function() return KSR.pv.seti("$sbranch(q)",500) end) .. "\n";
	out = out .. "KSR.pv.seti(\"$sbranch(flags)\",5): " .. attempt(function() return KSR.pv.seti("$sbranch(flags)",5) end) .. "\n";
	out = out .. "KSR.pv.sets(\"$sbranch(send_socket)\",\"tcp:127.0.0.1:1\"): " .. attempt(function() return KSR.pv.sets("$sbranch(send_socket)","tcp:127.0.0.1:1") end) .. "\n";
	out = out .. "KSR.pv.get(\"$sbranch(q)\"): " .. attempt(function() return KSR.pv.get("$sbranch(q)") end) .. "\n";
	out = out .. "KSR.pvx.sbranch_append(): " .. attempt(function() return KSR.pvx.sbranch_append() end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.get("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(dst_uri)[0])\"): " .. attempt(function() return KSR.pv.get("$(branch(dst_uri)[0])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(path)[0])\"): " .. attempt(function() return KSR.pv.get("$(branch(path)[0])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[0])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[0])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(flags)[0])\"): " .. attempt(function() return KSR.pv.get("$(branch(flags)[0])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(send_socket)[0])\"): " .. attempt(function() return KSR.pv.get("$(branch(send_socket)[0])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(count)[0])\"): " .. attempt(function() return KSR.pv.get("$(branch(count)[0])") end) .. "\n";
	out = out .. "KSR.pvx.sbranch_set_ruri(): " .. attempt(function() return KSR.pvx.sbranch_set_ruri() end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	out = out .. "KSR.pv.get(\"$fs\"): " .. attempt(function() return KSR.pv.get("$fs") end) .. "\n";
	out = out .. "KSR.pv.get(\"$sbranch(uri)\"): " .. attempt(function() return KSR.pv.get("$sbranch(uri)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$branch(count)\"): " .. attempt(function() return KSR.pv.get("$branch(count)") end) .. "\n";
	out = out .. "KSR.pvx.sbranch_reset(): " .. attempt(function() return KSR.pvx.sbranch_reset() end) .. "\n";
	out = out .. "KSR.pv.get(\"$sbranch(uri)\"): " .. attempt(function() return KSR.pv.get("$sbranch(uri)") end) .. "\n";
	out = out .. "KSR.pvx.sbranch_append(): " .. attempt(function() return KSR.pvx.sbranch_append() end) .. "\n";
	out = out .. "KSR.pvx.sbranch_set_ruri(): " .. attempt(function() return KSR.pvx.sbranch_set_ruri() end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.pv.sets(\"$sbranch(uri)\",\"sip:s@t\"): " .. attempt(function() return KSR.pv.sets("$sbranch(uri)","sip:s@t") end) .. "\n";
	out = out .. "KSR.pv.get(\"$sbranch(q)\"): " .. attempt(function() return KSR.pv.get("$sbranch(q)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$sbranch(flags)\"): " .. attempt(function() return KSR.pv.get("$sbranch(flags)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$sbranch(dst_uri)\"): " .. attempt(function() return KSR.pv.get("$sbranch(dst_uri)") end) .. "\n";
	out = out .. "KSR.pvx.sbranch_set_ruri(): " .. attempt(function() return KSR.pvx.sbranch_set_ruri() end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
