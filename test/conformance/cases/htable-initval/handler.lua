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
end
