var out;
function add(name, v) {
	out += name + " = " + (v === null ? "null" : typeof v) + " " + v + "\n";
}

function ksr_xhttp_event(evname) {
	out = "";
	add("KSR.hdr.get(\"X-A\")", KSR.hdr.get("X-A"));
	add("KSR.hdr.get(\"x-a\")", KSR.hdr.get("x-a"));
	add("KSR.hdr.get(\"None\")", KSR.hdr.get("None"));
	add("KSR.hdr.gete(\"None\")", KSR.hdr.gete("None"));
	add("KSR.hdr.getw(\"None\")", KSR.hdr.getw("None"));
	add("KSR.hdr.get_idx(\"X-A\", 0)", KSR.hdr.get_idx("X-A", 0));
	add("KSR.hdr.get_idx(\"X-A\", 1)", KSR.hdr.get_idx("X-A", 1));
	add("KSR.hdr.get_idx(\"X-A\", 2)", KSR.hdr.get_idx("X-A", 2));
	add("KSR.hdr.get_idx(\"X-A\", -1)", KSR.hdr.get_idx("X-A", -1));
	add("KSR.hdr.get_idx(\"X-A\", -2)", KSR.hdr.get_idx("X-A", -2));
	add("KSR.hdr.get_idx(\"X-A\", -3)", KSR.hdr.get_idx("X-A", -3));
	add("KSR.hdr.gete_idx(\"X-A\", 5)", KSR.hdr.gete_idx("X-A", 5));
	add("KSR.hdr.getw_idx(\"X-A\", 5)", KSR.hdr.getw_idx("X-A", 5));
	add("KSR.hdr.is_present(\"X-A\")", KSR.hdr.is_present("X-A"));
	add("KSR.hdr.is_present(\"None\")", KSR.hdr.is_present("None"));
	add("KSR.hdr.get(\"X-Empty\")", KSR.hdr.get("X-Empty"));
	add("KSR.hdr.is_present(\"X-Empty\")", KSR.hdr.is_present("X-Empty"));
	add("KSR.hdr.get(\"c\")", KSR.hdr.get("c"));
	add("KSR.hdr.get(\"Content-Type\")", KSR.hdr.get("Content-Type"));
	add("KSR.hdr.get(\"\")", KSR.hdr.get(""));
	add("KSR.hdr.is_present(\"\")", KSR.hdr.is_present(""));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"One\", \"f\")", KSR.hdr.match_content("X-A", "eq", "One", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"ONE\", \"f\")", KSR.hdr.match_content("X-A", "eq", "ONE", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"two\", \"f\")", KSR.hdr.match_content("X-A", "eq", "two", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"two\", \"l\")", KSR.hdr.match_content("X-A", "eq", "two", "l"));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"two\", \"o\")", KSR.hdr.match_content("X-A", "eq", "two", "o"));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"two\", \"a\")", KSR.hdr.match_content("X-A", "eq", "two", "a"));
	add("KSR.hdr.match_content(\"X-A\", \"ne\", \"three\", \"f\")", KSR.hdr.match_content("X-A", "ne", "three", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"sw\", \"o\", \"f\")", KSR.hdr.match_content("X-A", "sw", "o", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"in\", \"n\", \"f\")", KSR.hdr.match_content("X-A", "in", "n", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"re\", \"o.*\", \"f\")", KSR.hdr.match_content("X-A", "re", "o.*", "f"));
	add("KSR.hdr.match_content(\"None\", \"eq\", \"x\", \"f\")", KSR.hdr.match_content("None", "eq", "x", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"\", \"f\")", KSR.hdr.match_content("X-A", "eq", "", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"zz\", \"x\", \"f\")", KSR.hdr.match_content("X-A", "zz", "x", "f"));
	add("KSR.hdr.match_content(\"X-A\", \"eq\", \"One\", \"z\")", KSR.hdr.match_content("X-A", "eq", "One", "z"));
	add("KSR.hdr.append(\"X-N: 1\\r\\n\")", KSR.hdr.append("X-N: 1\r\n"));
	add("KSR.hdr.append(\"\")", KSR.hdr.append(""));
	add("KSR.hdr.remove(\"X-A\")", KSR.hdr.remove("X-A"));
	add("KSR.hdr.remove(\"None\")", KSR.hdr.remove("None"));
	add("KSR.hdr.insert(\"X-N: 1\\r\\n\")", KSR.hdr.insert("X-N: 1\r\n"));
	add("KSR.hdr.append_after(\"X-N: 1\\r\\n\", \"X-A\")", KSR.hdr.append_after("X-N: 1\r\n", "X-A"));
	add("KSR.hdr.insert_before(\"X-N: 1\\r\\n\", \"X-A\")", KSR.hdr.insert_before("X-N: 1\r\n", "X-A"));
	add("KSR.hdr.rmappend(\"X-A\", \"X-N: 1\\r\\n\")", KSR.hdr.rmappend("X-A", "X-N: 1\r\n"));
	add("KSR.hdr.rminsert(\"X-A\", \"X-N: 1\\r\\n\")", KSR.hdr.rminsert("X-A", "X-N: 1\r\n"));
	add("KSR.hdr.append_to_reply(\"X-R: 1\\r\\n\")", KSR.hdr.append_to_reply("X-R: 1\r\n"));
	add("KSR.hdr.append_to_reply(\"\")", KSR.hdr.append_to_reply(""));
	add("KSR.hdr.get(\"X-A\")", KSR.hdr.get("X-A"));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
