function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.benchmark.bm_start_timer('one'): " + show(KSR.benchmark.bm_start_timer('one')) + "\n";
	out += "KSR.benchmark.bm_log_timer('one'): " + show(KSR.benchmark.bm_log_timer('one')) + "\n";
	out += "KSR.pv.get('$BM_time_diff'): " + show(KSR.pv.get('$BM_time_diff')) + "\n";
	out += "KSR.benchmark.bm_start_timer('two'): " + show(KSR.benchmark.bm_start_timer('two')) + "\n";
	out += "KSR.benchmark.bm_log_timer('two'): " + show(KSR.benchmark.bm_log_timer('two')) + "\n";
	out += "KSR.benchmark.bm_start_timer(''): " + show(KSR.benchmark.bm_start_timer('')) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
