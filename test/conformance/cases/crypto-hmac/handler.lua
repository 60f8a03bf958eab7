function ksr_xhttp_event(evname)
	local out = "";
	for i, text in ipairs({ "", "a", "hello world" }) do
		for j, key in ipairs({ "", "key", string.rep("long", 30) }) do
			KSR.pv.sets("$var(r)", "-");
			out = out .. KSR.crypto.hmac_sha256(text, key, "$var(r)") .. " " .. KSR.pv.get("$var(r)") .. "\n";
		end
	end
	out = out .. KSR.crypto.hmac_sha256(string.rep("x", 5000), "key", "$var(r)") .. " " .. KSR.pv.get("$var(r)") .. "\n";
	out = out .. KSR.crypto.hmac_sha256("a", "key", "$nosuch(x)") .. KSR.crypto.hmac_sha256("a", "key", "x") .. KSR.crypto.hmac_sha256("a", "key", "") .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
