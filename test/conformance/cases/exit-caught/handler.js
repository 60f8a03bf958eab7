function ksr_xhttp_event(evname) {
	try { KSR.x.exit(); } catch (e) { KSR.info("caught false " + typeof e + " " + e + "\n"); }
	try { KSR.x.drop(); } catch (e) { KSR.info("caught false " + typeof e + " " + e + "\n"); } finally { KSR.info("finally\n"); }
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "went on");
	if (KSR.pv.get("$hu") == "/same") throw "~~ksr~exit~~";
	KSR.x.exit();
	KSR.info("not reached\n");
}
