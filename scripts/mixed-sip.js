// A script as they are in the wild: it routes SIP calls and answers HTTP requests. Here only the HTTP side runs; the
// SIP side is loaded with it and never called.
//
//   npx kemihost run scripts/mixed-sip.js
//   curl http://127.0.0.1:8080/health
//   curl http://127.0.0.1:8080/dial      (calls a SIP function: the log says that it needs a SIP server)

function ksr_request_route() {
	if (KSR.is_method_in("IABC") && KSR.tm.t_check_trans() < 0) {
		return 1;
	}
	if (KSR.is_method("REGISTER")) {
		KSR.registrar.save("location", 0);
		KSR.x.exit();
	}
	ksr_route_relay();
}

function ksr_route_relay() {
	if (KSR.tm.t_is_set("onreply_route") < 0) {
		KSR.tm.t_on_reply("ksr_onreply_manage");
	}
	if (KSR.tm.t_relay() < 0) {
		KSR.sl.sl_reply_error();
	}
	KSR.x.exit();
}

function ksr_onreply_manage() {
	KSR.info("reply " + KSR.pv.gete("$rs") + "\n");
	return 1;
}

function ksr_xhttp_event(evname) {
	var path = KSR.pv.get("$(hu{url.path})");
	if (path === "/health") {
		KSR.xhttp.xhttp_reply(200, "OK", "application/json", '{"status":"up"}\n');
	} else if (path === "/dial") {
		var relayed = KSR.tm.t_relay();
		KSR.xhttp.xhttp_reply(501, "Not Implemented", "application/json", '{"t_relay":' + relayed + "}\n");
	} else {
		KSR.xhttp.xhttp_reply(404, "Not Found", "text/plain", "");
	}
}
