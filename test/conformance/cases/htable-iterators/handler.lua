local out;

local function show(what, value)
	out = out .. what .. " = " .. tostring(value) .. "\n";
end

local function ht(name, ...)
	show(name .. "(" .. table.concat({...}, ",") .. ")", KSR.htable["sht_" .. name](...));
end

local function pv(name)
	show(name, KSR.pv.get(name));
end

local function put(name, value)
	if type(value) == "number" then
		show(name .. ":=" .. value, KSR.pv.seti(name, value));
	else
		show(name .. ":=" .. value, KSR.pv.sets(name, value));
	end
end

local function drop(name)
	show("unset " .. name, KSR.pv.unset(name));
end

function ksr_xhttp_event(evname)
	out = "";
	ht("iterator_next", "i");
	ht("iterator_end", "i");
	ht("iterator_rm", "i");
	ht("iterator_sets", "i", "v");
	ht("iterator_seti", "i", 1);
	ht("iterator_setex", "i", 1);
	ht("iterator_start", "", "one");
	ht("iterator_start", "i", "");
	ht("iterator_next", "");
	ht("iterator_end", "");
	ht("iterator_rm", "");
	ht("iterator_sets", "", "v");
	ht("iterator_start", "i", "none");
	ht("iterator_next", "i");
	ht("iterator_end", "i");
	ht("iterator_start", "a234567890123456789012345678901", "one");
	ht("iterator_end", "a234567890123456789012345678901");
	ht("iterator_start", "a2345678901234567890123456789012", "one");
	ht("iterator_start", "i", "empty");
	ht("iterator_next", "i");
	ht("iterator_next", "i");
	pv("$shtitkey(i)");
	pv("$shtitval(i)");
	ht("iterator_rm", "i");
	ht("iterator_end", "i");
	ht("iterator_end", "i");
	ht("sets", "one", "k", "v");
	ht("iterator_start", "i", "one");
	pv("$shtitkey(i)");
	ht("iterator_rm", "i");
	ht("iterator_sets", "i", "v");
	ht("iterator_next", "i");
	pv("$shtitkey(i)");
	pv("$shtitval(i)");
	ht("iterator_sets", "i", "much longer than before");
	pv("$shtitval(i)");
	ht("iterator_seti", "i", 5);
	pv("$shtitval(i)");
	ht("iterator_sets", "i", "");
	pv("$shtitval(i)");
	ht("iterator_setex", "i", -5);
	pv("$shtitval(i)");
	ht("iterator_next", "i");
	pv("$shtitkey(i)");
	ht("iterator_next", "i");
	pv("$shtitkey(i)");
	ht("iterator_end", "i");
	ht("get", "one", "k");
	ht("iterator_start", "i", "one");
	ht("iterator_next", "i");
	ht("iterator_rm", "i");
	pv("$shtitkey(i)");
	ht("iterator_next", "i");
	ht("iterator_end", "i");
	ht("get", "one", "k");
	ht("sets", "e", "k", "v");
	ht("iterator_start", "i", "e");
	ht("iterator_next", "i");
	ht("iterator_setex", "i", 50);
	ht("iterator_end", "i");
	pv("$shtex(e=>k)");
	ht("iterator_start", "i", "e");
	ht("iterator_next", "i");
	ht("iterator_setex", "i", -50);
	ht("iterator_end", "i");
	ht("get", "e", "k");
	ht("is_null", "e", "k");
	pv("$sht(e=>k)");
	ht("inc", "e", "k");
	ht("sets", "e", "k", "again");
	ht("get", "e", "k");
	ht("seti", "e", "k", 1);
	ht("iterator_start", "i", "e");
	ht("iterator_next", "i");
	ht("iterator_setex", "i", -50);
	ht("iterator_end", "i");
	ht("inc", "e", "k");
	ht("get", "e", "k");
	ht("iterator_start", "1", "one");
	ht("iterator_start", "2", "one");
	ht("iterator_start", "3", "two");
	ht("iterator_start", "4", "two");
	ht("iterator_start", "5", "two");
	ht("iterator_start", "1", "two");
	ht("iterator_end", "2");
	ht("iterator_start", "5", "two");
	ht("iterator_end", "1");
	ht("iterator_end", "3");
	ht("iterator_end", "4");
	ht("iterator_end", "5");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
