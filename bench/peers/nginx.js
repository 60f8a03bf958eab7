// The workloads for nginx's own JavaScript.
function reply(r) {
	r.log('===== event: xhttp:request');
	r.headersOut['Content-Type'] = 'text/html';
	r.return(200, `<html><body>OK - [${r.variables.remote_addr}:${r.variables.remote_port}]</body></html>`);
}

export default { reply };
