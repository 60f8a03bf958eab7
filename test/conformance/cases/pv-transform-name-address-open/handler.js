function part(value, name) {
	KSR.pv.sets("$var(x)", "sip:another@x");
	KSR.pv.get("$(var(x){nameaddr.uri})");
	KSR.pv.sets("$var(x)", value);
	return KSR.pv.get("$(var(x){nameaddr." + name + "})");
}

function show(v) {
	return v === null || v === undefined ? "null" : v + " (" + (typeof v) + ")";
}

function attempt(call) {
	try { return show(call()); } catch (e) { return "throws"; }
}

function ksr_xhttp_event(evname) {
	var out = "";
	out += "part('<sip:a', 'name'): " + attempt(function () { return part('<sip:a', 'name'); }) + "\n";
	out += "part('<sip:a', 'uri'): " + attempt(function () { return part('<sip:a', 'uri'); }) + "\n";
	out += "part('<sip:a', 'len'): " + attempt(function () { return part('<sip:a', 'len'); }) + "\n";
	out += "part('sip:a', 'name'): " + attempt(function () { return part('sip:a', 'name'); }) + "\n";
	out += "part('sip:a', 'uri'): " + attempt(function () { return part('sip:a', 'uri'); }) + "\n";
	out += "part('sip:a', 'len'): " + attempt(function () { return part('sip:a', 'len'); }) + "\n";
	out += "part('\"A\" <sip:a', 'name'): " + attempt(function () { return part('"A" <sip:a', 'name'); }) + "\n";
	out += "part('\"A\" <sip:a', 'uri'): " + attempt(function () { return part('"A" <sip:a', 'uri'); }) + "\n";
	out += "part('\"A\" <sip:a', 'len'): " + attempt(function () { return part('"A" <sip:a', 'len'); }) + "\n";
	out += "part('\"A <sip:a>', 'name'): " + attempt(function () { return part('"A <sip:a>', 'name'); }) + "\n";
	out += "part('\"A <sip:a>', 'uri'): " + attempt(function () { return part('"A <sip:a>', 'uri'); }) + "\n";
	out += "part('\"A <sip:a>', 'len'): " + attempt(function () { return part('"A <sip:a>', 'len'); }) + "\n";
	out += "part('A <sip:a> b', 'name'): " + attempt(function () { return part('A <sip:a> b', 'name'); }) + "\n";
	out += "part('A <sip:a> b', 'uri'): " + attempt(function () { return part('A <sip:a> b', 'uri'); }) + "\n";
	out += "part('A <sip:a> b', 'len'): " + attempt(function () { return part('A <sip:a> b', 'len'); }) + "\n";
	out += "part('<>', 'name'): " + attempt(function () { return part('<>', 'name'); }) + "\n";
	out += "part('<>', 'uri'): " + attempt(function () { return part('<>', 'uri'); }) + "\n";
	out += "part('<>', 'len'): " + attempt(function () { return part('<>', 'len'); }) + "\n";
	out += "part('<', 'name'): " + attempt(function () { return part('<', 'name'); }) + "\n";
	out += "part('<', 'uri'): " + attempt(function () { return part('<', 'uri'); }) + "\n";
	out += "part('<', 'len'): " + attempt(function () { return part('<', 'len'); }) + "\n";
	out += "part('>', 'name'): " + attempt(function () { return part('>', 'name'); }) + "\n";
	out += "part('>', 'uri'): " + attempt(function () { return part('>', 'uri'); }) + "\n";
	out += "part('>', 'len'): " + attempt(function () { return part('>', 'len'); }) + "\n";
	out += "part('\"A', 'name'): " + attempt(function () { return part('"A', 'name'); }) + "\n";
	out += "part('\"A', 'uri'): " + attempt(function () { return part('"A', 'uri'); }) + "\n";
	out += "part('\"A', 'len'): " + attempt(function () { return part('"A', 'len'); }) + "\n";
	out += "part('A <', 'name'): " + attempt(function () { return part('A <', 'name'); }) + "\n";
	out += "part('A <', 'uri'): " + attempt(function () { return part('A <', 'uri'); }) + "\n";
	out += "part('A <', 'len'): " + attempt(function () { return part('A <', 'len'); }) + "\n";
	out += "part('\"\" <x>', 'name'): " + attempt(function () { return part('"" <x>', 'name'); }) + "\n";
	out += "part('\"\" <x>', 'uri'): " + attempt(function () { return part('"" <x>', 'uri'); }) + "\n";
	out += "part('\"\" <x>', 'len'): " + attempt(function () { return part('"" <x>', 'len'); }) + "\n";
	out += "part('\" <x>', 'name'): " + attempt(function () { return part('" <x>', 'name'); }) + "\n";
	out += "part('\" <x>', 'uri'): " + attempt(function () { return part('" <x>', 'uri'); }) + "\n";
	out += "part('\" <x>', 'len'): " + attempt(function () { return part('" <x>', 'len'); }) + "\n";
	out += "part('A \"B\" <x>', 'name'): " + attempt(function () { return part('A "B" <x>', 'name'); }) + "\n";
	out += "part('A \"B\" <x>', 'uri'): " + attempt(function () { return part('A "B" <x>', 'uri'); }) + "\n";
	out += "part('A \"B\" <x>', 'len'): " + attempt(function () { return part('A "B" <x>', 'len'); }) + "\n";
	out += "part(' <x>', 'name'): " + attempt(function () { return part(' <x>', 'name'); }) + "\n";
	out += "part(' <x>', 'uri'): " + attempt(function () { return part(' <x>', 'uri'); }) + "\n";
	out += "part(' <x>', 'len'): " + attempt(function () { return part(' <x>', 'len'); }) + "\n";
	out += "part('<a><b>', 'name'): " + attempt(function () { return part('<a><b>', 'name'); }) + "\n";
	out += "part('<a><b>', 'uri'): " + attempt(function () { return part('<a><b>', 'uri'); }) + "\n";
	out += "part('<a><b>', 'len'): " + attempt(function () { return part('<a><b>', 'len'); }) + "\n";
	out += "part('x<y>z<w>', 'name'): " + attempt(function () { return part('x<y>z<w>', 'name'); }) + "\n";
	out += "part('x<y>z<w>', 'uri'): " + attempt(function () { return part('x<y>z<w>', 'uri'); }) + "\n";
	out += "part('x<y>z<w>', 'len'): " + attempt(function () { return part('x<y>z<w>', 'len'); }) + "\n";
	out += "part('\"a<b\"', 'name'): " + attempt(function () { return part('"a<b"', 'name'); }) + "\n";
	out += "part('\"a<b\"', 'uri'): " + attempt(function () { return part('"a<b"', 'uri'); }) + "\n";
	out += "part('\"a<b\"', 'len'): " + attempt(function () { return part('"a<b"', 'len'); }) + "\n";
	out += "part('\"a<b\" <c>', 'name'): " + attempt(function () { return part('"a<b" <c>', 'name'); }) + "\n";
	out += "part('\"a<b\" <c>', 'uri'): " + attempt(function () { return part('"a<b" <c>', 'uri'); }) + "\n";
	out += "part('\"a<b\" <c>', 'len'): " + attempt(function () { return part('"a<b" <c>', 'len'); }) + "\n";
	out += "part('\"a<b', 'name'): " + attempt(function () { return part('"a<b', 'name'); }) + "\n";
	out += "part('\"a<b', 'uri'): " + attempt(function () { return part('"a<b', 'uri'); }) + "\n";
	out += "part('\"a<b', 'len'): " + attempt(function () { return part('"a<b', 'len'); }) + "\n";
	out += "part('a\"<b', 'name'): " + attempt(function () { return part('a"<b', 'name'); }) + "\n";
	out += "part('a\"<b', 'uri'): " + attempt(function () { return part('a"<b', 'uri'); }) + "\n";
	out += "part('a\"<b', 'len'): " + attempt(function () { return part('a"<b', 'len'); }) + "\n";
	out += "part('<a\">\"b>', 'name'): " + attempt(function () { return part('<a">"b>', 'name'); }) + "\n";
	out += "part('<a\">\"b>', 'uri'): " + attempt(function () { return part('<a">"b>', 'uri'); }) + "\n";
	out += "part('<a\">\"b>', 'len'): " + attempt(function () { return part('<a">"b>', 'len'); }) + "\n";
	out += "part('a;b=<c', 'name'): " + attempt(function () { return part('a;b=<c', 'name'); }) + "\n";
	out += "part('a;b=<c', 'uri'): " + attempt(function () { return part('a;b=<c', 'uri'); }) + "\n";
	out += "part('a;b=<c', 'len'): " + attempt(function () { return part('a;b=<c', 'len'); }) + "\n";
	out += "part('<a\">', 'name'): " + attempt(function () { return part('<a">', 'name'); }) + "\n";
	out += "part('<a\">', 'uri'): " + attempt(function () { return part('<a">', 'uri'); }) + "\n";
	out += "part('<a\">', 'len'): " + attempt(function () { return part('<a">', 'len'); }) + "\n";
	out += "part('\"x\" \"y\" <z>', 'name'): " + attempt(function () { return part('"x" "y" <z>', 'name'); }) + "\n";
	out += "part('\"x\" \"y\" <z>', 'uri'): " + attempt(function () { return part('"x" "y" <z>', 'uri'); }) + "\n";
	out += "part('\"x\" \"y\" <z>', 'len'): " + attempt(function () { return part('"x" "y" <z>', 'len'); }) + "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
