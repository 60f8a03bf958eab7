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
	ht("sets", "t", "s", "text");
	ht("sets", "t", "n", "12");
	ht("seti", "t", "i", 7);
	ht("sets", "t", "", "empty key");
	ht("sets", "t", "e", "");
	ht("get", "t", "s");
	ht("get", "t", "n");
	ht("get", "t", "i");
	ht("get", "t", "");
	ht("get", "t", "e");
	ht("get", "t", "none");
	ht("gete", "t", "none");
	ht("getw", "t", "none");
	ht("get", "x", "s");
	ht("gete", "x", "s");
	ht("getw", "x", "s");
	ht("get", "", "s");
	ht("is_null", "t", "s");
	ht("is_null", "t", "none");
	ht("is_null", "x", "s");
	ht("is_null", "t", "e");
	ht("sets", "x", "s", "v");
	ht("seti", "x", "s", 1);
	ht("setxs", "x", "s", "v", 5);
	ht("setxi", "x", "s", 1, 5);
	ht("setex", "x", "s", 5);
	ht("rm", "x", "s");
	ht("reset", "x");
	ht("inc", "t", "i");
	ht("inc", "t", "i");
	ht("dec", "t", "i");
	ht("inc", "t", "s");
	ht("dec", "t", "n");
	ht("inc", "t", "none");
	ht("dec", "x", "i");
	ht("inc", "t", "e");
	ht("seti", "t", "s", 5);
	ht("inc", "t", "s");
	ht("sets", "t", "i", "x");
	ht("inc", "t", "i");
	ht("setxs", "t", "a", "v", 5);
	ht("setxi", "t", "b", 3, 5);
	ht("setxs", "t", "a", "longer value", 5);
	ht("get", "t", "a");
	ht("get", "t", "b");
	ht("setxs", "e", "a", "v", 50);
	ht("setxi", "e", "b", 3, 50);
	ht("setex", "e", "a", 20);
	ht("setex", "e", "none", 20);
	ht("setex", "t", "a", 20);
	ht("setex", "e", "a", 0);
	ht("setex", "e", "b", -3);
	ht("get", "e", "a");
	ht("get", "e", "b");
	ht("rm", "t", "s");
	ht("rm", "t", "none");
	ht("get", "t", "s");
	ht("rm", "t", "");
	ht("get", "t", "");
	ht("lock", "t", "k");
	ht("lock", "t", "k");
	ht("unlock", "t", "k");
	ht("unlock", "t", "k");
	ht("lock", "x", "k");
	ht("unlock", "x", "k");
	ht("reset", "t");
	ht("get", "t", "n");
	ht("reset", "t");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
