// Begins work that is to be done later, until it may begin no more.

const long = "x".repeat(10000);

const ways = [
	() => KSR.async.task_data("DONE", long) === 1,
	() => KSR.async.task_group_data("DONE", "group", long) === 1,
	() => KSR.async.ms_route("DONE", 20000) !== -1,
	() => KSR.http_async_client.send("http://127.0.0.1:1/", "DONE") === 1,
	() => KSR.cfgutils.sleep(20),
	() => KSR.http_client.query("http://127.0.0.1:1/", "$var(body)"),
];

function DONE() {}

function ksr_xhttp_event() {
	const way = /^\/bomb(\d+)$/.exec(KSR.pv.get("$hu"))?.[1];
	try {
		while (way && ways[way - 1]());
	} catch {
		// a call too many
	}
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine");
}
