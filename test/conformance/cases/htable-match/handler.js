var out;

function show(what, value) {
	out += what + " = " + value + "\n";
}

function ht(name) {
	var args = Array.prototype.slice.call(arguments, 1);
	show(name + "(" + args.join(",") + ")", KSR.htable["sht_" + name].apply(KSR.htable, args));
}

function pv(name) {
	show(name, KSR.pv.get(name));
}

function put(name, value) {
	if (typeof value === "number") {
		show(name + ":=" + value, KSR.pv.seti(name, value));
	} else {
		show(name + ":=" + value, KSR.pv.sets(name, value));
	}
}

function drop(name) {
	show("unset " + name, KSR.pv.unset(name));
}

function ksr_xhttp_event(evname) {
	out = "";
	ht("sets", "t", "user:1", "red");
	ht("sets", "t", "user:2", "Green");
	ht("sets", "t", "peer:1", "red wine");
	ht("sets", "t", "peer:2", "1");
	ht("seti", "t", "x", 7);
	ht("seti", "t", "yy", 1);
	ht("match_name", "t", "eq", "user:1");
	ht("match_str_value", "t", "eq", "red");
	ht("match_name", "t", "ne", "user:1");
	ht("match_str_value", "t", "ne", "red");
	ht("match_name", "t", "re", "user:1");
	ht("match_str_value", "t", "re", "red");
	ht("match_name", "t", "sw", "user:1");
	ht("match_str_value", "t", "sw", "red");
	ht("match_name", "t", "xx", "user:1");
	ht("match_str_value", "t", "xx", "red");
	ht("match_name", "t", "e", "user:1");
	ht("match_str_value", "t", "e", "red");
	ht("match_name", "t", "", "user:1");
	ht("match_str_value", "t", "", "red");
	ht("match_name", "t", "eqq", "user:1");
	ht("match_str_value", "t", "eqq", "red");
	ht("match_name", "t", "eq", "USER:1");
	ht("match_name", "t", "re", "^USER");
	ht("match_name", "t", "sw", "USER");
	ht("match_name", "t", "sw", "user");
	ht("match_name", "t", "re", "zzz");
	ht("match_name", "t", "re", "(");
	ht("match_name", "t", "eq", "");
	ht("match_name", "x", "eq", "a");
	ht("match_str_value", "t", "eq", "7");
	ht("match_str_value", "t", "eq", "1");
	ht("match_str_value", "t", "re", "^GR");
	ht("match_str_value", "t", "sw", "red w");
	ht("match_str_value", "t", "ne", "red");
	ht("rm_name", "t", "sw", "USER");
	ht("rm_name", "t", "sw", "user:2");
	ht("get", "t", "user:2");
	ht("rm_name", "t", "re", "^PEER");
	ht("get", "t", "peer:1");
	ht("get", "t", "peer:2");
	ht("rm_name", "t", "xx", "a");
	ht("rm_name", "x", "sw", "a");
	ht("rm_name", "t", "re", "(");
	ht("rm_name", "t", "sw", "");
	ht("sets", "t", "user:1", "red");
	ht("sets", "t", "user:2", "Green");
	ht("sets", "t", "peer:1", "red wine");
	ht("sets", "t", "peer:2", "1");
	ht("seti", "t", "x", 7);
	ht("seti", "t", "yy", 1);
	ht("rm_value", "t", "sw", "red");
	ht("get", "t", "user:1");
	ht("get", "t", "peer:1");
	ht("rm_value", "t", "re", "^[0-9]$");
	ht("get", "t", "peer:2");
	ht("get", "t", "x");
	ht("get", "t", "yy");
	ht("rm_value", "t", "re", "");
	ht("rm_name_re", "t", "(");
	ht("rm_name_re", "t", "");
	ht("rm_name_re", "x", "a");
	ht("rm_value_re", "x", "(");
	ht("rm_value_re", "t", "GREEN");
	ht("get", "t", "user:2");
	ht("rm_name_re", "t", "Y$");
	ht("get", "t", "yy");
	ht("rm_name_re", "t", ".*");
	ht("get", "t", "x");
	ht("match_name", "t", "ne", "zzz");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
