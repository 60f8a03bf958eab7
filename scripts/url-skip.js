// The xhttp README's url_skip: some requests are not for the script, and get 404 from the host.
//
//   npx kemihost run scripts/url-skip.js --url-skip '^/RPC2'
//   curl -i http://127.0.0.1:8080/RPC2
//   curl -i http://127.0.0.1:8080/page

function ksr_xhttp_event(evname) {
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "for the script: " + KSR.pv.get("$hu") + "\n");
}
