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
	ht("sets", "t", "user:1", "red");
	ht("sets", "t", "user:2", "Green");
	ht("sets", "t", "peer:1", "red wine");
	ht("sets", "t", "peer:2", "1");
	ht("seti", "t", "x", 7);
	ht("seti", "t", "yy", 1);
	pv("$shtcn(t=>user)");
	pv("$shtcv(t=>user)");
	pv("$shtcn(t=>^USER)");
	pv("$shtcv(t=>^USER)");
	pv("$shtcn(t=>1$)");
	pv("$shtcv(t=>1$)");
	pv("$shtcn(t=>~~^peer)");
	pv("$shtcv(t=>~~^peer)");
	pv("$shtcn(t=>~%:1)");
	pv("$shtcv(t=>~%:1)");
	pv("$shtcn(t=>%~user)");
	pv("$shtcv(t=>%~user)");
	pv("$shtcn(t=>==x)");
	pv("$shtcv(t=>==x)");
	pv("$shtcn(t=>==X)");
	pv("$shtcv(t=>==X)");
	pv("$shtcn(t=>eq7)");
	pv("$shtcv(t=>eq7)");
	pv("$shtcn(t=>**)");
	pv("$shtcv(t=>**)");
	pv("$shtcn(t=>**more)");
	pv("$shtcv(t=>**more)");
	pv("$shtcn(t=>~~)");
	pv("$shtcv(t=>~~)");
	pv("$shtcn(t=>~%)");
	pv("$shtcv(t=>~%)");
	pv("$shtcn(t=>%~)");
	pv("$shtcv(t=>%~)");
	pv("$shtcn(t=>==)");
	pv("$shtcv(t=>==)");
	pv("$shtcn(t=>eq)");
	pv("$shtcv(t=>eq)");
	pv("$shtcn(t=>eq1)");
	pv("$shtcv(t=>eq1)");
	pv("$shtcn(t=>e)");
	pv("$shtcv(t=>e)");
	pv("$shtcn(t=>*)");
	pv("$shtcv(t=>*)");
	pv("$shtcn(t=>%)");
	pv("$shtcv(t=>%)");
	pv("$shtcn(t=>~x)");
	pv("$shtcv(t=>~x)");
	pv("$shtcn(t=>()");
	pv("$shtcv(t=>()");
	pv("$shtcn(t=>[a-)");
	pv("$shtcv(t=>[a-)");
	pv("$shtcn(t=>~~()");
	pv("$shtcv(t=>~~()");
	pv("$shtcn(t=>%~)");
	pv("$shtcv(t=>%~)");
	pv("$shtcn(t=>x|y)");
	pv("$shtcv(t=>x|y)");
	pv("$shtcn(t=>^.$)");
	pv("$shtcv(t=>^.$)");
	pv("$shtcn(x=>a)");
	pv("$shtcv(x=>a)");
	put("$var(p)", "^peer");
	pv("$shtcn(t=>$var(p))");
	pv("$shtcn(t=>%~$var(q))");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
