function ksr_xhttp_event(evname) {
	var P = KSR.xhttp_prom;
	if (P.check_uri() === 1) {
		KSR.info("dispatch " + P.dispatch());
		return;
	}
	var out = "";
	function t(name, result) { out += name + "=" + result + "\n"; }
	if (KSR.pv.get("$hu") === "/do") {
		t("counter_inc_l0", P.counter_inc_l0('calls', 3));
		t("counter_inc_l0", P.counter_inc_l0('calls', -1));
		t("counter_inc_l0", P.counter_inc_l0('nope', 1));
		t("counter_inc_l2", P.counter_inc_l2('hits', 2, 'm1', 'h1'));
		t("counter_inc_l1", P.counter_inc_l1('hits', 2, 'm1'));
		t("counter_inc_l2", P.counter_inc_l2('hits', 1, 'm0', 'h2'));
		t("gauge_set_l1", P.gauge_set_l1('level', '2.5', 'a'));
		t("gauge_set_l1", P.gauge_set_l1('level', '-7', 'b'));
		t("gauge_set_l0", P.gauge_set_l0('plain', '1e3'));
		t("gauge_set_l0", P.gauge_set_l0('calls', '1'));
		t("histogram_observe_l1", P.histogram_observe_l1('took', '2', 'x'));
		t("histogram_observe_l1", P.histogram_observe_l1('took', '2.5', 'x'));
		t("histogram_observe_l1", P.histogram_observe_l1('took', '100', 'x'));
		t("histogram_observe_l0", P.histogram_observe_l0('size', '0.3'));
		t("histogram_observe_l0", P.histogram_observe_l0('calls', '0.3'));
	} else if (KSR.pv.get("$hu") === "/reset") {
		t("counter_reset_l0", P.counter_reset_l0('calls'));
		t("counter_reset_l2", P.counter_reset_l2('hits', 'm1', 'h1'));
		t("counter_reset_l0", P.counter_reset_l0('plain'));
		t("gauge_reset_l1", P.gauge_reset_l1('level', 'a'));
		t("gauge_reset_l0", P.gauge_reset_l0('nope'));
	}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
