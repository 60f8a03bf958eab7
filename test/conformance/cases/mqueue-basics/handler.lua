local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local m = KSR.mqueue;
	local out = "";
	local function state(q)
		out = out .. "  " .. q .. ": " .. m.mq_size(q);
		for i, f in ipairs({ "mqk_get", "mqk_gete", "mqk_getw", "mqv_get", "mqv_gete", "mqv_getw" }) do
			out = out .. ", " .. show(m[f](q));
		end
		out = out .. ", " .. show(KSR.pv.get("$mqk(" .. q .. ")")) .. ", " .. show(KSR.pv.get("$mqv(" .. q .. ")")) .. ", " .. show(KSR.pv.get("$mq_size(" .. q .. ")")) .. "\n";
	end
	state("q");
	if KSR.pv.get("$hu") ~= "/next" then
		out = out .. m.mq_add("q", "k1", "v1") .. m.mq_add("q", "k1", "v2") .. m.mq_add("q", "", "") .. m.mq_add("q", 3, 4) .. "\n";
		for i = 1, 5 do
			out = out .. m.mq_fetch("q") .. "\n";
			state("q");
		end
		m.mq_add("q", "a", "b");
		m.mq_add("q", "c", "d");
		out = out .. m.mq_fetch("q") .. m.mq_pv_free("q") .. m.mq_pv_free("q") .. "\n";
		state("q");
		out = out .. "none: " .. m.mq_add("none", "a", "b") .. m.mq_fetch("none") .. m.mq_pv_free("none") .. m.mq_add("", "a", "b") .. m.mq_size("") .. "\n";
		state("none");
		out = out .. m.mq_fetch("q") .. "\n";
		KSR.pv.sets("$var(q)", "q");
		for i, e in ipairs({ "$mqk(q)", "$mqv(q)", "$mq_size(q)", "$mqk($var(q))", "$mqv($var(q))", "$mq_size($var(q))", "$mqk($var(q)x)", "$mqk(Q)", "$mqk(q )", "$mqk", "$mqk()", "$(mqk(q)[0])", "$(mqk(q){s.len})", "$mq_size($var(none))", "$mqk($vn(none))", "$mq_size()", "$mqk(none)", "$mq_size(none)" }) do
			out = out .. e .. " " .. show(KSR.pv.get(e)) .. "\n";
		end
		out = out .. tostring(KSR.pv.sets("$mqk(q)", "x")) .. "\n";
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
