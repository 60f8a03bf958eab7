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
	out = out .. "KSR.pv.sets(\"$br\",\"sip:a@b\"): " .. attempt(function() return KSR.pv.sets("$br","sip:a@b") end) .. "\n";
	out = out .. "KSR.isbflagset(0): " .. attempt(function() return KSR.isbflagset(0) end) .. "\n";
	out = out .. "KSR.setbflag(0): " .. attempt(function() return KSR.setbflag(0) end) .. "\n";
	out = out .. "KSR.isbflagset(0): " .. attempt(function() return KSR.isbflagset(0) end) .. "\n";
	out = out .. "KSR.resetbflag(0): " .. attempt(function() return KSR.resetbflag(0) end) .. "\n";
	out = out .. "KSR.isbflagset(0): " .. attempt(function() return KSR.isbflagset(0) end) .. "\n";
	out = out .. "KSR.isbflagset(31): " .. attempt(function() return KSR.isbflagset(31) end) .. "\n";
	out = out .. "KSR.setbflag(31): " .. attempt(function() return KSR.setbflag(31) end) .. "\n";
	out = out .. "KSR.isbflagset(31): " .. attempt(function() return KSR.isbflagset(31) end) .. "\n";
	out = out .. "KSR.resetbflag(31): " .. attempt(function() return KSR.resetbflag(31) end) .. "\n";
	out = out .. "KSR.isbflagset(31): " .. attempt(function() return KSR.isbflagset(31) end) .. "\n";
	out = out .. "KSR.isbflagset(32): " .. attempt(function() return KSR.isbflagset(32) end) .. "\n";
	out = out .. "KSR.setbflag(32): " .. attempt(function() return KSR.setbflag(32) end) .. "\n";
	out = out .. "KSR.isbflagset(32): " .. attempt(function() return KSR.isbflagset(32) end) .. "\n";
	out = out .. "KSR.resetbflag(32): " .. attempt(function() return KSR.resetbflag(32) end) .. "\n";
	out = out .. "KSR.isbflagset(32): " .. attempt(function() return KSR.isbflagset(32) end) .. "\n";
	out = out .. "KSR.isbflagset(-1): " .. attempt(function() return KSR.isbflagset(-1) end) .. "\n";
	out = out .. "KSR.setbflag(-1): " .. attempt(function() return KSR.setbflag(-1) end) .. "\n";
	out = out .. "KSR.isbflagset(-1): " .. attempt(function() return KSR.isbflagset(-1) end) .. "\n";
	out = out .. "KSR.resetbflag(-1): " .. attempt(function() return KSR.resetbflag(-1) end) .. "\n";
	out = out .. "KSR.isbflagset(-1): " .. attempt(function() return KSR.isbflagset(-1) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 0): " .. attempt(function() return KSR.isbiflagset(5, 0) end) .. "\n";
	out = out .. "KSR.setbiflag(5, 0): " .. attempt(function() return KSR.setbiflag(5, 0) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 0): " .. attempt(function() return KSR.isbiflagset(5, 0) end) .. "\n";
	out = out .. "KSR.resetbiflag(5, 0): " .. attempt(function() return KSR.resetbiflag(5, 0) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 0): " .. attempt(function() return KSR.isbiflagset(5, 0) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 1): " .. attempt(function() return KSR.isbiflagset(5, 1) end) .. "\n";
	out = out .. "KSR.setbiflag(5, 1): " .. attempt(function() return KSR.setbiflag(5, 1) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 1): " .. attempt(function() return KSR.isbiflagset(5, 1) end) .. "\n";
	out = out .. "KSR.resetbiflag(5, 1): " .. attempt(function() return KSR.resetbiflag(5, 1) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 1): " .. attempt(function() return KSR.isbiflagset(5, 1) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 2): " .. attempt(function() return KSR.isbiflagset(5, 2) end) .. "\n";
	out = out .. "KSR.setbiflag(5, 2): " .. attempt(function() return KSR.setbiflag(5, 2) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 2): " .. attempt(function() return KSR.isbiflagset(5, 2) end) .. "\n";
	out = out .. "KSR.resetbiflag(5, 2): " .. attempt(function() return KSR.resetbiflag(5, 2) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, 2): " .. attempt(function() return KSR.isbiflagset(5, 2) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, -1): " .. attempt(function() return KSR.isbiflagset(5, -1) end) .. "\n";
	out = out .. "KSR.setbiflag(5, -1): " .. attempt(function() return KSR.setbiflag(5, -1) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, -1): " .. attempt(function() return KSR.isbiflagset(5, -1) end) .. "\n";
	out = out .. "KSR.resetbiflag(5, -1): " .. attempt(function() return KSR.resetbiflag(5, -1) end) .. "\n";
	out = out .. "KSR.isbiflagset(5, -1): " .. attempt(function() return KSR.isbiflagset(5, -1) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 0): " .. attempt(function() return KSR.isbiflagset(32, 0) end) .. "\n";
	out = out .. "KSR.setbiflag(32, 0): " .. attempt(function() return KSR.setbiflag(32, 0) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 0): " .. attempt(function() return KSR.isbiflagset(32, 0) end) .. "\n";
	out = out .. "KSR.resetbiflag(32, 0): " .. attempt(function() return KSR.resetbiflag(32, 0) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 0): " .. attempt(function() return KSR.isbiflagset(32, 0) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 1): " .. attempt(function() return KSR.isbiflagset(32, 1) end) .. "\n";
	out = out .. "KSR.setbiflag(32, 1): " .. attempt(function() return KSR.setbiflag(32, 1) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 1): " .. attempt(function() return KSR.isbiflagset(32, 1) end) .. "\n";
	out = out .. "KSR.resetbiflag(32, 1): " .. attempt(function() return KSR.resetbiflag(32, 1) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 1): " .. attempt(function() return KSR.isbiflagset(32, 1) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 2): " .. attempt(function() return KSR.isbiflagset(32, 2) end) .. "\n";
	out = out .. "KSR.setbiflag(32, 2): " .. attempt(function() return KSR.setbiflag(32, 2) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 2): " .. attempt(function() return KSR.isbiflagset(32, 2) end) .. "\n";
	out = out .. "KSR.resetbiflag(32, 2): " .. attempt(function() return KSR.resetbiflag(32, 2) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, 2): " .. attempt(function() return KSR.isbiflagset(32, 2) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, -1): " .. attempt(function() return KSR.isbiflagset(32, -1) end) .. "\n";
	out = out .. "KSR.setbiflag(32, -1): " .. attempt(function() return KSR.setbiflag(32, -1) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, -1): " .. attempt(function() return KSR.isbiflagset(32, -1) end) .. "\n";
	out = out .. "KSR.resetbiflag(32, -1): " .. attempt(function() return KSR.resetbiflag(32, -1) end) .. "\n";
	out = out .. "KSR.isbiflagset(32, -1): " .. attempt(function() return KSR.isbiflagset(32, -1) end) .. "\n";
	out = out .. "KSR.setbflag(3): " .. attempt(function() return KSR.setbflag(3) end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	out = out .. "KSR.pv.get(\"$bF\"): " .. attempt(function() return KSR.pv.get("$bF") end) .. "\n";
	out = out .. "KSR.pv.seti(\"$bf\", 5): " .. attempt(function() return KSR.pv.seti("$bf", 5) end) .. "\n";
	out = out .. "KSR.isbflagset(2): " .. attempt(function() return KSR.isbflagset(2) end) .. "\n";
	out = out .. "KSR.setbflag(31): " .. attempt(function() return KSR.setbflag(31) end) .. "\n";
	out = out .. "KSR.pv.get(\"$bf\"): " .. attempt(function() return KSR.pv.get("$bf") end) .. "\n";
	out = out .. "KSR.setbiflag(7, 1): " .. attempt(function() return KSR.setbiflag(7, 1) end) .. "\n";
	out = out .. "KSR.pv.get(\"$branch(flags)\"): " .. attempt(function() return KSR.pv.get("$branch(flags)") end) .. "\n";
	out = out .. "KSR.setflag(31): " .. attempt(function() return KSR.setflag(31) end) .. "\n";
	out = out .. "KSR.pv.get(\"$mf\"): " .. attempt(function() return KSR.pv.get("$mf") end) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
