local out;
local function add(name, v)
	out = out .. name .. " = " .. type(v) .. " " .. tostring(v) .. "\n";
end

function ksr_xhttp_event(evname)
	out = "";
	add("unpack({1, 2, 3})", (unpack({1, 2, 3})));
	add("select(\"#\", unpack({1, nil, 3}))", (select("#", unpack({1, nil, 3}))));
	add("table.getn({1, 2})", (table.getn({1, 2})));
	add("table.maxn({1, 2})", (table.maxn({1, 2})));
	add("type(loadstring(\"return 1\"))", (type(loadstring("return 1"))));
	add("loadstring(\"return 4\")()", (loadstring("return 4")()));
	add("loadstring(\"syntax error here\")", (loadstring("syntax error here")));
	add("type(string.gfind)", (type(string.gfind)));
	add("type(setfenv)", (type(setfenv)));
	add("type(getfenv)", (type(getfenv)));
	add("getfenv(0) == _G", (getfenv(0) == _G));
	add("math.mod(5, 3)", (math.mod(5, 3)));
	add("type(table.foreach)", (type(table.foreach)));
	add("type(table.foreachi)", (type(table.foreachi)));
	add("type(unpack)", (type(unpack)));
	add("string.gsub(\"abc\", \"%w\", \"%0%0\")", (string.gsub("abc", "%w", "%0%0")));
	add("string.gsub(\"hello world\", \"o\", \"0\", 1)", (string.gsub("hello world", "o", "0", 1)));
	add("string.match(\"key=val\", \"(%w+)=(%w+)\")", (string.match("key=val", "(%w+)=(%w+)")));
	add("string.find(\"a.b\", \".\", 1, true)", (string.find("a.b", ".", 1, true)));
	add("string.format(\"%-5s|\", \"ab\")", (string.format("%-5s|", "ab")));
	add("string.reverse(\"abc\")", (string.reverse("abc")));
	add("pcall(error, \"x\")", (pcall(error, "x")));
	add("pcall(error, {1}) ", (pcall(error, {1}) ));
	add("select(2, pcall(error, \"x\", 0))", (select(2, pcall(error, "x", 0))));
	add("type(os.time())", (type(os.time())));
	add("os.date(\"!%Y-%m-%d %H:%M:%S\", 86400)", (os.date("!%Y-%m-%d %H:%M:%S", 86400)));
	add("os.date(\"!%c\", 0)", (os.date("!%c", 0)));
	add("os.date(\"!%x %X %p %A %B %j\", 0)", (os.date("!%x %X %p %A %B %j", 0)));
	add("os.date(\"!*t\", 3600).hour", (os.date("!*t", 3600).hour));
	add("os.time({year=2000, month=1, day=1, hour=12}) > 0", (os.time({year=2000, month=1, day=1, hour=12}) > 0));
	add("os.difftime(10, 4)", (os.difftime(10, 4)));
	add("tostring(nil)", (tostring(nil)));
	add("tostring(true)", (tostring(true)));
	add("#\"x\"", (#"x"));
	add("type(_G)", (type(_G)));
	add("rawget(_G, \"KSR\") == KSR", (rawget(_G, "KSR") == KSR));
	add("next({})", (next({})));
	add("type(next)", (type(next)));
	add("rawequal(\"a\", \"a\")", (rawequal("a", "a")));
	add("string.byte(\"abc\", 1, -1)", (string.byte("abc", 1, -1)));
	add("string.char(72, 105)", (string.char(72, 105)));
	add("string.upper(\"\u00e4b\")", (string.upper("äb")));
	add("table.concat({\"a\", \"b\"}, \", \")", (table.concat({"a", "b"}, ", ")));
	add("type(coroutine.wrap(function() end))", (type(coroutine.wrap(function() end))));
	add("coroutine.status(coroutine.create(function() end))", (coroutine.status(coroutine.create(function() end))));
	add("math.fmod(7, 3)", (math.fmod(7, 3)));
	add("math.random() < 1", (math.random() < 1));
	add("math.log10(1000)", (math.log10(1000)));
	add("math.min(3, 1, 2)", (math.min(3, 1, 2)));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
