// Gives the host JSON that is nested two hundred thousand deep.

function bomb() {
	const texts = ["[".repeat(200000) + "]".repeat(200000), `${'{"a":'.repeat(100000)}1${"}".repeat(100000)}`];
	for (const json of texts) {
		KSR.jansson?.get("a", json, "$var(found)");
		KSR.jansson?.get("[0]".repeat(10000), json, "$var(found)");
		KSR.json?.get_field(json, "a", "$var(found)");
		KSR.pv.sets("$var(json)", json);
		KSR.pv.get("$(var(json){json.parse,a})");
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
