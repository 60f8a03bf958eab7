function show(keys) {
	var out = "";
	for (var i = 0; i < keys.length; i++) {
		var at = keys[i].indexOf("=>");
		var value = KSR.htable.sht_get(keys[i].slice(0, at), keys[i].slice(at + 2));
		out += keys[i] + " " + value + "\n";
	}
	return out;
}

function ksr_xhttp_event() {
	if (KSR.pv.get("$hu") == "/rpc") {
		KSR.jsonrpcs.dispatch();
		return;
	}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", show(["a=>a", "a=>n", "a=>neg", "a=>bad", "a=>arr[0]", "a=>arr[2]", "a=>arr::size", "a=>arr", "a=>z::size", "a=>past", "e=>past", "e=>fut", "a=>empty", "a=>plus", "a=>hex", "k=>w", "p=>one", "p=>two", "q=>two"]));
}
