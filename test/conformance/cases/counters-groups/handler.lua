local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "KSR.counters.inc('hits'): " .. show(KSR.counters.inc('hits')) .. "\n";
	out = out .. "KSR.counters.inc('script.hits'): " .. show(KSR.counters.inc('script.hits')) .. "\n";
	out = out .. "KSR.pv.get('$stat(hits)'): " .. show(KSR.pv.get('$stat(hits)')) .. "\n";
	out = out .. "KSR.counters.add('hits', 5): " .. show(KSR.counters.add('hits', 5)) .. "\n";
	out = out .. "KSR.counters.add('hits', '-2'): " .. show(KSR.counters.add('hits', '-2')) .. "\n";
	out = out .. "KSR.pv.get('$stat(hits)'): " .. show(KSR.pv.get('$stat(hits)')) .. "\n";
	out = out .. "KSR.counters.reset('hits'): " .. show(KSR.counters.reset('hits')) .. "\n";
	out = out .. "KSR.pv.get('$stat(hits)'): " .. show(KSR.pv.get('$stat(hits)')) .. "\n";
	out = out .. "KSR.counters.add('hits', 2147483647): " .. show(KSR.counters.add('hits', 2147483647)) .. "\n";
	out = out .. "KSR.counters.add('hits', 2147483647): " .. show(KSR.counters.add('hits', 2147483647)) .. "\n";
	out = out .. "KSR.pv.get('$stat(hits)'): " .. show(KSR.pv.get('$stat(hits)')) .. "\n";
	out = out .. "KSR.counters.inc('shop.orders'): " .. show(KSR.counters.inc('shop.orders')) .. "\n";
	out = out .. "KSR.pv.get('$stat(orders)'): " .. show(KSR.pv.get('$stat(orders)')) .. "\n";
	out = out .. "KSR.counters.inc('orders'): " .. show(KSR.counters.inc('orders')) .. "\n";
	out = out .. "KSR.counters.add('shop.returns', 4): " .. show(KSR.counters.add('shop.returns', 4)) .. "\n";
	out = out .. "KSR.pv.get('$stat(returns)'): " .. show(KSR.pv.get('$stat(returns)')) .. "\n";
	out = out .. "KSR.counters.inc('nothing'): " .. show(KSR.counters.inc('nothing')) .. "\n";
	out = out .. "KSR.counters.inc(''): " .. show(KSR.counters.inc('')) .. "\n";
	out = out .. "KSR.counters.inc('HITS'): " .. show(KSR.counters.inc('HITS')) .. "\n";
	out = out .. "KSR.counters.inc('core.rcv_replies'): " .. show(KSR.counters.inc('core.rcv_replies')) .. "\n";
	out = out .. "KSR.pv.get('$stat(rcv_replies)'): " .. show(KSR.pv.get('$stat(rcv_replies)')) .. "\n";
	out = out .. "KSR.counters.add('shop.orders.x', 1): " .. show(KSR.counters.add('shop.orders.x', 1)) .. "\n";
	out = out .. "KSR.statistics.update_stat('orders', 3): " .. show(KSR.statistics.update_stat('orders', 3)) .. "\n";
	out = out .. "KSR.pv.get('$stat(orders)'): " .. show(KSR.pv.get('$stat(orders)')) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
