// Gives the host names of variables that are nested deeply.

function bomb() {
	const ask = (f, ...args) => {
		try {
			f(...args);
		} catch (error) {
			KSR.info(`${error}`.slice(0, 100));
		}
	};
	for (const n of [100, 10000, 200000]) {
		ask(KSR.pv.get, `${"$(".repeat(n)}hu${")".repeat(n)}`);
		ask(KSR.pv.get, `$(hu${"{s.select,".repeat(n)}${"}".repeat(n)})`);
		ask(KSR.pv.get, `${"$avp(".repeat(n)}x${")".repeat(n)}`);
		ask(KSR.xlog.xinfo, `${"$_s(".repeat(n)}${")".repeat(n)}`);
	}
}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) bomb();
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
