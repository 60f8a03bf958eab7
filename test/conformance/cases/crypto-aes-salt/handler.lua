local KEYS = { "key" };

function ksr_xhttp_event(evname)
	local out = "";
	local function both(text, key)
		KSR.pv.sets("$var(e)", "-");
		KSR.pv.sets("$var(d)", "-");
		local e = KSR.crypto.aes_encrypt(text, key, "$var(e)");
		local d = KSR.crypto.aes_decrypt(KSR.pv.get("$var(e)"), key, "$var(d)");
		out = out .. key .. ": " .. e .. " " .. KSR.pv.get("$var(e)") .. " " .. d .. " " .. tostring(KSR.pv.get("$var(d)") == text) .. "\n";
	end
	local function decrypt(text, key)
		KSR.pv.sets("$var(d)", "-");
		out = out .. "<" .. text .. "> " .. KSR.crypto.aes_decrypt(text, key, "$var(d)") .. " " .. KSR.pv.get("$var(d)") .. "\n";
	end
	for i, key in ipairs(KEYS) do
		both("", key);
		both("a", key);
		both("0123456789abcdef", key);
		both("a text that is longer than two blocks of AES", key);
	end
	for i, text in ipairs({ "stQrDxHfbwXAyQpNoXQS9g==" }) do
		decrypt(text, KEYS[1]);
	end
	out = out .. KSR.crypto.aes_encrypt("a", KEYS[1], "$nosuch(x)") .. KSR.crypto.aes_decrypt("a", KEYS[1], "x") .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
