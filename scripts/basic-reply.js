// The first example of the xhttp README: answer every request with the address of the client.
//
//   npx kemihost run scripts/basic-reply.js
//   npx kemihost run scripts/basic-reply.js --engine isolated-vm
//   curl http://127.0.0.1:8080/

function ksr_xhttp_event(evname) {
	KSR.info("===== " + evname + " for " + KSR.pv.get("$hu") + "\n");
	KSR.xhttp.xhttp_reply(200, "OK", "text/html",
		"<html><body>OK - [" + KSR.pv.get("$si") + ":" + KSR.pv.get("$sp") + "]</body></html>\n");
	return 1;
}
