// Computes.
function fib(n) {
	return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function ksr_xhttp_event(evname) {
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', String(fib(22)));
	return 1;
}
