function ksr_xhttp_event(evname) {
	var out = "";
	function attempt(values, names) {
		values.forEach(function (value) {
			out += value + "\n";
			names.forEach(function (name) {
				KSR.pv.sets("$var(v)", value);
				out += "  " + name + " = " + KSR.pv.getw("$(var(v){" + name + "})") + "\n";
			});
		});
	}
	attempt([
		"sip:al:pw@ex.com:5080;transport=tcp;lr?h=1&j=2",
		"sip:ex.com",
		"SIP:Al@EX.com;",
		"sip:al@[2001:db8::1]:5060",
		"tel:+43123;phone-context=x",
		"urn:service:sos",
		"sip:al@ex.com;a=1;b=\"x y\";a=2;c",
		"sip:al@ex.com;ttl=5;maddr=1.2.3.4;user=phone;method=INVITE;r2=on;lr=yes",
		"sip:al@ex.com;transport=TLS",
		"sip:al@ex.com;transport=foo",
		"sip:al@ex.com:99999",
		"nonsense",
		"http://x/",
		"sip:al;p=1@ex.com?h=1"
	], [
		"uri.user",
		"uri.host",
		"uri.domain",
		"uri.passwd",
		"uri.port",
		"uri.params",
		"uri.param,transport",
		"uri.param,a",
		"uri.param,lr",
		"uri.param,zz",
		"uri.headers",
		"uri.transport",
		"uri.ttl",
		"uri.uparam",
		"uri.maddr",
		"uri.method",
		"uri.lr",
		"uri.r2",
		"uri.scheme",
		"uri.tosocket",
		"urialias.encode"
	]);
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
