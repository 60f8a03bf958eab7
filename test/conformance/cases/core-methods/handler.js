var out;
function add(name, v) {
	out += name + " = " + (v === null ? "null" : typeof v) + " " + v + "\n";
}

function ksr_xhttp_event(evname) {
	out = "";
	add("KSR.is_method(\"GET\")", KSR.is_method("GET"));
	add("KSR.is_method(\"get\")", KSR.is_method("get"));
	add("KSR.is_method(\"POST\")", KSR.is_method("POST"));
	add("KSR.is_method(\"GET|POST\")", KSR.is_method("GET|POST"));
	add("KSR.is_method(\"PUT|POST\")", KSR.is_method("PUT|POST"));
	add("KSR.is_method(\"PATCH\")", KSR.is_method("PATCH"));
	add("KSR.is_method(\"patch\")", KSR.is_method("patch"));
	add("KSR.is_method(\"GET|PATCH\")", KSR.is_method("GET|PATCH"));
	add("KSR.is_method(\"\")", KSR.is_method(""));
	add("KSR.is_method(\"INVITE|GET\")", KSR.is_method("INVITE|GET"));
	add("KSR.is_method_in(\"G\")", KSR.is_method_in("G"));
	add("KSR.is_method_in(\"GT\")", KSR.is_method_in("GT"));
	add("KSR.is_method_in(\"T\")", KSR.is_method_in("T"));
	add("KSR.is_method_in(\"V\")", KSR.is_method_in("V"));
	add("KSR.is_method_in(\"D\")", KSR.is_method_in("D"));
	add("KSR.is_method_in(\"O\")", KSR.is_method_in("O"));
	add("KSR.is_method_in(\"IABC\")", KSR.is_method_in("IABC"));
	add("KSR.is_method_in(\"\")", KSR.is_method_in(""));
	add("KSR.is_method_in(\"g\")", KSR.is_method_in("g"));
	add("KSR.is_GET()", KSR.is_GET());
	add("KSR.is_POST()", KSR.is_POST());
	add("KSR.is_PUT()", KSR.is_PUT());
	add("KSR.is_DELETE()", KSR.is_DELETE());
	add("KSR.is_OPTIONS()", KSR.is_OPTIONS());
	add("KSR.pv.get(\"$rm\")", KSR.pv.get("$rm"));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
