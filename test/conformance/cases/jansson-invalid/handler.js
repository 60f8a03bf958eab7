var documents = [
	"",
	" ",
	"null",
	"1",
	"\"text\"",
	"[",
	"[1",
	"[1,",
	"[1,]",
	"[,1]",
	"[1 2]",
	"]",
	"{",
	"{}x",
	"{} {}",
	"[1]]",
	"{a:1}",
	"{'a':1}",
	"{\"a\"}",
	"{\"a\":}",
	"{\"a\":1,}",
	"{\"a\":1 \"b\":2}",
	"{\"a\":1,\"a\":2}",
	"{\"a\":1,\"\\u0061\":2}",
	"{\"a\":{\"b\":1},\"b\":{\"b\":1}}",
	"[TRUE]",
	"[tru]",
	"[truex]",
	"[\"a]",
	"[\"\\x\"]",
	"[\"\\u12\"]",
	"[\"\\ud800\"]",
	"[\"\\udc00\"]",
	"[\"\\ud800\\u0041\"]",
	"[\"\\u0000\"]",
	"[\"a\tb\"]",
	"/* c */[]",
	"[] // c",
	"\ufeff[]"
];

function ksr_xhttp_event(evname) {
	var out = "";
	documents.forEach(function (d) {
		KSR.pv.sets("$var(v)", "-");
		var ret = KSR.jansson.get("", d, "$var(v)");
		out += d + " => " + ret + " " + KSR.pv.get("$var(v)") + "\n";
	});
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
