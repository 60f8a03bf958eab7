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
	ht("get", "c", "k");
	ht("gete", "c", "k");
	ht("getw", "c", "k");
	ht("is_null", "c", "k");
	pv("$sht(c=>k)");
	ht("inc", "c", "k");
	ht("inc", "c", "k");
	ht("get", "c", "k");
	ht("is_null", "c", "k");
	ht("dec", "c", "d");
	ht("get", "c", "d");
	pv("$shtinc(c=>v)");
	pv("$shtdec(c=>w)");
	pv("$shtinc(c=>v)");
	pv("$sht(c=>v)");
	ht("rm", "c", "k");
	ht("get", "c", "k");
	ht("sets", "c", "s", "x");
	ht("inc", "c", "s");
	pv("$shtinc(c=>s)");
	pv("$shtcn(c=>**)");
	ht("inc", "n", "k");
	ht("inc", "n", "k");
	ht("dec", "n", "m");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
