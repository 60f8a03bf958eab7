// Shows what is searched for, and the query of the next page.
function ksr_xhttp_event() {
	const { searchParams } = new URL(KSR.xhttp.get_hu(), 'http://localhost');
	const wanted = searchParams.get('q') ?? 'nothing';
	searchParams.set('page', Number(searchParams.get('page') ?? 1) + 1);
	console.log('%s is searched for', wanted);
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', `${wanted}; next ?${searchParams}`);
}
