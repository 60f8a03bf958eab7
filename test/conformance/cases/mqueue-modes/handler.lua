function ksr_xhttp_event(evname)
	local m = KSR.mqueue;
	local out = "";
	for i, q in ipairs({ "q", "small", "old", "new", "quoted", "named" }) do
		out = out .. q .. ": ";
		for j, kv in ipairs({ { "a", "1" }, { "b", "2" }, { "c", "3" }, { "a", "4" }, { "c", "5" }, { "B", "6" }, { "b", "7" } }) do
			out = out .. m.mq_add(q, kv[1], kv[2]);
		end
		out = out .. " " .. m.mq_size(q);
		while m.mq_fetch(q) == 1 do
			out = out .. " " .. m.mqk_get(q) .. "=" .. m.mqv_get(q);
		end
		out = out .. "\n";
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
