local documents = {
	"",
	" ",
	"null",
	"1",
	[=["text"]=],
	"[",
	"[1",
	"[1,",
	"[1,]",
	"[,1]",
	"[1 2]",
	"]",
	"{",
	"{}x",
	"{} {}",
	"[1]]",
	"{a:1}",
	"{'a':1}",
	[=[{"a"}]=],
	[=[{"a":}]=],
	[=[{"a":1,}]=],
	[=[{"a":1 "b":2}]=],
	[=[{"a":1,"a":2}]=],
	[=[{"a":1,"\u0061":2}]=],
	[=[{"a":{"b":1},"b":{"b":1}}]=],
	"[TRUE]",
	"[tru]",
	"[truex]",
	[=[["a]]=],
	[=[["\x"]]=],
	[=[["\u12"]]=],
	[=[["\ud800"]]=],
	[=[["\udc00"]]=],
	[=[["\ud800\u0041"]]=],
	[=[["\u0000"]]=],
	"[\"a\tb\"]",
	"/* c */[]",
	"[] // c",
	"\239\187\191[]",
};

function ksr_xhttp_event(evname)
	local out = "";
	for i, d in ipairs(documents) do
		KSR.pv.sets("$var(v)", "-");
		local ret = KSR.jansson.get("", d, "$var(v)");
		out = out .. d .. " => " .. tostring(ret) .. " " .. tostring(KSR.pv.get("$var(v)")) .. "\n";
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
