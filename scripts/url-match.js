// The xhttp README's url_match: only some requests are for the script, the others get 404 from the host.
//
//   npx kemihost run scripts/url-match.js --url-match '^/sip/'
//   curl -i http://127.0.0.1:8080/sip/status?verbose=1
//   curl -i http://127.0.0.1:8080/other

function ksr_xhttp_event(evname) {
	var path = KSR.pv.get("$(hu{url.path})");
	var query = KSR.pv.get("$(hu{url.querystring})");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "path " + path + ", query [" + query + "]\n");
}
