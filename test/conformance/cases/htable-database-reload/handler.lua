local function show(...)
	local out = {};
	for _, key in ipairs({...}) do
		local value = KSR.htable.sht_get(key:match("^(%w+)=>"), key:match("=>(.*)$"));
		out[#out + 1] = key .. " " .. type(value) .. " " .. tostring(value);
	end
	return table.concat(out, "\n") .. "\n";
end

function ksr_xhttp_event()
	if KSR.pv.get("$hu") == "/rpc" then
		KSR.jsonrpcs.dispatch();
		return;
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", show("a=>a", "a=>n", "a=>neg", "a=>bad", "a=>arr[0]", "a=>arr[2]", "a=>arr::size", "a=>arr",
		"a=>z::size", "a=>past", "e=>past", "e=>fut", "a=>empty", "a=>plus", "a=>hex", "k=>w", "p=>one", "p=>two", "q=>two"));
end
