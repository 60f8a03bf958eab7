function show(v) {
	return v === null ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var m = KSR.mqueue;
	var out = "";
	function state(q) {
		out += "  " + q + ": " + m.mq_size(q);
		["mqk_get", "mqk_gete", "mqk_getw", "mqv_get", "mqv_gete", "mqv_getw"].forEach(function (f) {
			out += ", " + show(m[f](q));
		});
		out += ", " + show(KSR.pv.get("$mqk(" + q + ")")) + ", " + show(KSR.pv.get("$mqv(" + q + ")")) + ", " + show(KSR.pv.get("$mq_size(" + q + ")")) + "\n";
	}
	state("q");
	if (KSR.pv.get("$hu") != "/next") {
		out += [m.mq_add("q", "k1", "v1"), m.mq_add("q", "k1", "v2"), m.mq_add("q", "", ""), m.mq_add("q", 3, 4)].join("") + "\n";
		for (var i = 0; i < 5; i++) {
			out += m.mq_fetch("q") + "\n";
			state("q");
		}
		m.mq_add("q", "a", "b");
		m.mq_add("q", "c", "d");
		out += [m.mq_fetch("q"), m.mq_pv_free("q"), m.mq_pv_free("q")].join("") + "\n";
		state("q");
		out += "none: " + [m.mq_add("none", "a", "b"), m.mq_fetch("none"), m.mq_pv_free("none"), m.mq_add("", "a", "b"), m.mq_size("")].join("") + "\n";
		state("none");
		out += m.mq_fetch("q") + "\n";
		KSR.pv.sets("$var(q)", "q");
		["$mqk(q)", "$mqv(q)", "$mq_size(q)", "$mqk($var(q))", "$mqv($var(q))", "$mq_size($var(q))", "$mqk($var(q)x)", "$mqk(Q)", "$mqk(q )", "$mqk", "$mqk()", "$(mqk(q)[0])", "$(mqk(q){s.len})", "$mq_size($var(none))", "$mqk($vn(none))", "$mq_size()", "$mqk(none)", "$mq_size(none)"].forEach(function (e) {
			out += e + " " + show(KSR.pv.get(e)) + "\n";
		});
		out += KSR.pv.sets("$mqk(q)", "x") + "\n";
	}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
