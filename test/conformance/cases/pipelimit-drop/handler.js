function ksr_xhttp_event(evname) {
	var path = KSR.pv.get("$hu");
	var rc;
	if (path === "/plain") rc = KSR.pipelimit.pl_drop();
	else if (path === "/retry") rc = KSR.pipelimit.pl_drop_retry(30);
	else if (path === "/range") rc = KSR.pipelimit.pl_drop_range(7, 7);
	else rc = KSR.pipelimit.pl_drop_retry(0);
	KSR.info(path + " " + rc + "\n");
}
