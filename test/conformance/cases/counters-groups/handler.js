function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "KSR.counters.inc('hits'): " + show(KSR.counters.inc('hits')) + "\n";
	out += "KSR.counters.inc('script.hits'): " + show(KSR.counters.inc('script.hits')) + "\n";
	out += "KSR.pv.get('$stat(hits)'): " + show(KSR.pv.get('$stat(hits)')) + "\n";
	out += "KSR.counters.add('hits', 5): " + show(KSR.counters.add('hits', 5)) + "\n";
	out += "KSR.counters.add('hits', '-2'): " + show(KSR.counters.add('hits', '-2')) + "\n";
	out += "KSR.pv.get('$stat(hits)'): " + show(KSR.pv.get('$stat(hits)')) + "\n";
	out += "KSR.counters.reset('hits'): " + show(KSR.counters.reset('hits')) + "\n";
	out += "KSR.pv.get('$stat(hits)'): " + show(KSR.pv.get('$stat(hits)')) + "\n";
	out += "KSR.counters.add('hits', 2147483647): " + show(KSR.counters.add('hits', 2147483647)) + "\n";
	out += "KSR.counters.add('hits', 2147483647): " + show(KSR.counters.add('hits', 2147483647)) + "\n";
	out += "KSR.pv.get('$stat(hits)'): " + show(KSR.pv.get('$stat(hits)')) + "\n";
	out += "KSR.counters.inc('shop.orders'): " + show(KSR.counters.inc('shop.orders')) + "\n";
	out += "KSR.pv.get('$stat(orders)'): " + show(KSR.pv.get('$stat(orders)')) + "\n";
	out += "KSR.counters.inc('orders'): " + show(KSR.counters.inc('orders')) + "\n";
	out += "KSR.counters.add('shop.returns', 4): " + show(KSR.counters.add('shop.returns', 4)) + "\n";
	out += "KSR.pv.get('$stat(returns)'): " + show(KSR.pv.get('$stat(returns)')) + "\n";
	out += "KSR.counters.inc('nothing'): " + show(KSR.counters.inc('nothing')) + "\n";
	out += "KSR.counters.inc(''): " + show(KSR.counters.inc('')) + "\n";
	out += "KSR.counters.inc('HITS'): " + show(KSR.counters.inc('HITS')) + "\n";
	out += "KSR.counters.inc('core.rcv_replies'): " + show(KSR.counters.inc('core.rcv_replies')) + "\n";
	out += "KSR.pv.get('$stat(rcv_replies)'): " + show(KSR.pv.get('$stat(rcv_replies)')) + "\n";
	out += "KSR.counters.add('shop.orders.x', 1): " + show(KSR.counters.add('shop.orders.x', 1)) + "\n";
	out += "KSR.statistics.update_stat('orders', 3): " + show(KSR.statistics.update_stat('orders', 3)) + "\n";
	out += "KSR.pv.get('$stat(orders)'): " + show(KSR.pv.get('$stat(orders)')) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
