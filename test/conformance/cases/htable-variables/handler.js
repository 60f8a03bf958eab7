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
	put("$sht(t=>k)", "v");
	pv("$sht(t=>k)");
	pv("$(sht(t=>k){s.len})");
	put("$sht(t=>i)", 5);
	pv("$sht(t=>i)");
	put("$var(x)", "dyn");
	put("$sht(t=>a::$var(x)::b)", "composed");
	ht("get", "t", "a::dyn::b");
	pv("$sht(t=>a::$var(x)::b)");
	put("$sht(t=> spaced )", "s");
	ht("get", "t", " spaced ");
	ht("get", "t", "spaced");
	pv("$sht( t =>k)");
	pv("$sht(t =>k)");
	pv("$sht(t= >k)");
	pv("$sht(t)");
	pv("$sht()");
	pv("$sht(=>k)");
	pv("$sht(t=>)");
	pv("$sht(none=>k)");
	put("$sht(none=>k)", "v");
	put("$sht(none=>k)", 3);
	drop("$sht(none=>k)");
	pv("$(sht(t=>k)[0])");
	pv("$sht(t=>a=>b)");
	put("$sht(t=>a=>b)", "arrow");
	ht("get", "t", "a=>b");
	pv("$sht(t=>$hdr(None))");
	put("$sht(t=>$hdr(None))", "under null");
	ht("get", "t", "<null>");
	drop("$sht(t=>k)");
	pv("$sht(t=>k)");
	drop("$sht(t=>k)");
	pv("$shtinc(t=>i)");
	pv("$shtdec(t=>i)");
	pv("$shtdec(t=>i)");
	pv("$shtinc(t=>none)");
	pv("$shtinc(none=>i)");
	put("$shtinc(t=>i)", 3);
	pv("$sht(t=>i)");
	put("$sht(t=>s)", "9");
	pv("$shtinc(t=>s)");
	pv("$sht(t=>s)");
	pv("$shtex(t=>i)");
	pv("$shtex(e=>none)");
	pv("$shtex(none=>k)");
	put("$sht(e=>k)", "v");
	pv("$shtex(e=>k)");
	put("$shtex(e=>k)", 500);
	pv("$shtex(e=>k)");
	put("$shtex(e=>k)", "200");
	pv("$sht(e=>k)");
	put("$shtex(e=>none)", 5);
	put("$shtex(none=>k)", 5);
	put("$shtex(e=>k)", 500);
	put("$sht(e=>k)", "w");
	pv("$shtex(e=>k)");
	put("$shtex(e=>k)", 500);
	ht("sets", "e", "k", "a longer value");
	pv("$shtex(e=>k)");
	put("$sht(n=>k)", 1);
	put("$shtex(n=>k)", 500);
	put("$sht(n=>k)", 2);
	pv("$shtex(n=>k)");
	ht("sets", "n", "k", "now a string");
	pv("$shtex(n=>k)");
	ht("inc", "n", "c");
	ht("seti", "n", "c", 1);
	ht("setex", "n", "c", 300);
	ht("inc", "n", "c");
	pv("$shtex(n=>c)");
	ht("seti", "e", "c", 1);
	ht("setex", "e", "c", 300);
	ht("inc", "e", "c");
	pv("$shtex(e=>c)");
	ht("setxi", "e", "x", 1, 77);
	pv("$shtex(e=>x)");
	ht("setxi", "e", "x", 1, 0);
	pv("$shtex(e=>x)");
	ht("setxs", "n", "y", "v", 66);
	ht("setxs", "n", "y", "w", 0);
	pv("$shtex(n=>y)");
	pv("$shtrecord(key)");
	pv("$shtrecord(value)");
	pv("$shtrecord(other)");
	pv("$shtitkey(none)");
	pv("$shtitval(none)");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
}
