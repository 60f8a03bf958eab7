// Asks for variables and transformations whose names are megabytes of text.

const ways = [
	(long) => KSR.pv.get(`$${long}`),
	(long) => KSR.pv.get(`$(hu{${long.slice(0, 60000)}})`),
	(long) => KSR.pv.get(`$(hu{s.${long}})`),
	() => KSR.pv.get(`$(hu${"{s.len}".repeat(1000000)})`),
	(long) => KSR.xlog.xinfo(`$avp(${long})`),
];

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	if (way) ways[way - 1]("x".repeat(12000000));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
