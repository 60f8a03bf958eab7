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
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.5 \"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0.5 ") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\" 0.5\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x"," 0.5") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.0\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","1.0") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.000\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","1.000") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.0001\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","1.0001") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.001\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","1.001") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"00.5\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","00.5") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\".\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x",".") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","1.") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.55555\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0.55555") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.5x\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0.5x") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"5\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","5") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"-1\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","-1") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.05\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0.05") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.005\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0.005") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.0005\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0.0005") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"01\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","01") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"10\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","10") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0,5\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0,5") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1 \"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","1 ") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"\\t.5\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","\t.5") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0.5 1\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0.5 1") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"0\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","0") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\"1.5\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x","1.5") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	out = out .. "KSR.corex.append_branch_uri_q(\"sip:q@x\",\".5\"): " .. attempt(function() return KSR.corex.append_branch_uri_q("sip:q@x",".5") end) .. "\n";
	out = out .. "KSR.pv.get(\"$(branch(q)[-1])\"): " .. attempt(function() return KSR.pv.get("$(branch(q)[-1])") end) .. "\n";
	out = out .. "KSR.pv.unset(\"$(branch(uri)[0])\"): " .. attempt(function() return KSR.pv.unset("$(branch(uri)[0])") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
