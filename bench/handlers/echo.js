// Sends the content back.
function ksr_xhttp_event(evname) {
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', KSR.pv.get('$rb'));
	return 1;
}
