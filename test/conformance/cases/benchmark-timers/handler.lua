local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "KSR.benchmark.bm_start_timer('one'): " .. show(KSR.benchmark.bm_start_timer('one')) .. "\n";
	out = out .. "KSR.benchmark.bm_log_timer('one'): " .. show(KSR.benchmark.bm_log_timer('one')) .. "\n";
	out = out .. "KSR.pv.get('$BM_time_diff'): " .. show(KSR.pv.get('$BM_time_diff')) .. "\n";
	out = out .. "KSR.benchmark.bm_start_timer('two'): " .. show(KSR.benchmark.bm_start_timer('two')) .. "\n";
	out = out .. "KSR.benchmark.bm_log_timer('two'): " .. show(KSR.benchmark.bm_log_timer('two')) .. "\n";
	out = out .. "KSR.benchmark.bm_start_timer(''): " .. show(KSR.benchmark.bm_start_timer('')) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
