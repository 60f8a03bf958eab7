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
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.pv.get(\"$bR\"): " .. attempt(function() return KSR.pv.get("$bR") end) .. "\n";
	out = out .. "KSR.pv.sets(\"$ru\",\"sip:u@x\"): " .. attempt(function() return KSR.pv.sets("$ru","sip:u@x") end) .. "\n";
	out = out .. "KSR.pv.sets(\"$du\",\"sip:d@x\"): " .. attempt(function() return KSR.pv.sets("$du","sip:d@x") end) .. "\n";
	out = out .. "KSR.setbflag(3): " .. attempt(function() return KSR.setbflag(3) end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri(\"sip:a@b\"): " .. attempt(function() return KSR.corex.append_branch_uri("sip:a@b") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(dst_uri)[1])\"): " .. attempt(function() return KSR.pv.get("$(branch(dst_uri)[1])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(flags)[1])\"): " .. attempt(function() return KSR.pv.get("$(branch(flags)[1])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.pv.get(\"$branch(count)\"): " .. attempt(function() return KSR.pv.get("$branch(count)") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri(\"\"): " .. attempt(function() return KSR.corex.append_branch_uri("") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(dst_uri)[2])\"): " .. attempt(function() return KSR.pv.get("$(branch(dst_uri)[2])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(flags)[2])\"): " .. attempt(function() return KSR.pv.get("$(branch(flags)[2])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.pv.get(\"$branch(count)\"): " .. attempt(function() return KSR.pv.get("$branch(count)") end) .. "\n";
	out = out .. "KSR.pv.sets(\"$du\",\"sip:d@x\"): " .. attempt(function() return KSR.pv.sets("$du","sip:d@x") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"\",\"x\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("","x") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"\",\"0.7\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("","0.7") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(uri)[3])\"): " .. attempt(function() return KSR.pv.get("$(branch(uri)[3])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[3])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[3])") end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.pv.get(\"$branch(count)\"): " .. attempt(function() return KSR.pv.get("$branch(count)") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bR\"): " .. attempt(function() return KSR.pv.get("$bR") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ds\"): " .. attempt(function() return KSR.pv.get("$ds") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri(\"no uri\"): " .. attempt(function() return KSR.corex.append_branch_uri("no uri") end) .. "\n";
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.pv.sets(\"$du\",\"sip:d@x\"): " .. attempt(function() return KSR.pv.sets("$du","sip:d@x") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri(\"sip:a@b\"): " .. attempt(function() return KSR.corex.append_branch_uri("sip:a@b") end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.corex.append_branch(): " .. attempt(function() return KSR.corex.append_branch() end) .. "\n";
	out = out .. "KSR.pv.get(\"$du\"): " .. attempt(function() return KSR.pv.get("$du") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	out = out .. "KSR.pv.get(\"$ru\"): " .. attempt(function() return KSR.pv.get("$ru") end) .. "\n";
	out = out .. "KSR.pv.get(\"$branch(count)\"): " .. attempt(function() return KSR.pv.get("$branch(count)") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
