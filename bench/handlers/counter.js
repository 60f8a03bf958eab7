// Counts in a hash table that all processes share.
function ksr_xhttp_event(evname) {
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', String(KSR.pv.get('$shtinc(hits=>all)')));
	return 1;
}
