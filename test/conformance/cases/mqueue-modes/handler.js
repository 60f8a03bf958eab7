function ksr_xhttp_event(evname) {
	var m = KSR.mqueue;
	var out = "";
	["q", "small", "old", "new", "quoted", "named"].forEach(function (q) {
		out += q + ": ";
		[["a", "1"], ["b", "2"], ["c", "3"], ["a", "4"], ["c", "5"], ["B", "6"], ["b", "7"]].forEach(function (kv) {
			out += m.mq_add(q, kv[0], kv[1]);
		});
		out += " " + m.mq_size(q);
		while (m.mq_fetch(q) === 1) {
			out += " " + m.mqk_get(q) + "=" + m.mqv_get(q);
		}
		out += "\n";
	});
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
