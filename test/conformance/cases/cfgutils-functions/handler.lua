function ksr_xhttp_event(evname)
	local u = KSR.cfgutils;
	local out = u.rand_get_prob() .. "\n";
	local function events()
		local n = 0;
		for i = 1, 200 do
			if u.rand_event() == 1 then n = n + 1 end
		end
		return n;
	end
	for i, p in ipairs({ 0, 100, 101, -5, 2147483647 }) do
		out = out .. "prob " .. p .. ": " .. u.rand_set_prob(p) .. " " .. u.rand_get_prob() .. " " .. events() .. "\n";
	end
	u.rand_set_prob(50);
	local n = events();
	out = out .. "half: " .. tostring(n > 40 and n < 160) .. "\n";
	out = out .. "reset: " .. u.rand_reset_prob() .. " " .. u.rand_get_prob() .. "\n";
	u.rand_set_prob(42);
	out = out .. "status: " .. u.pkg_status() .. u.shm_status() .. u.pkg_summary() .. u.shm_summary() .. "\n";
	out = out .. "routes: " .. u.check_route_exists("nope") .. u.check_route_exists("") .. u.route_if_exists("nope") .. u.route_if_exists("") .. "\n";
	for i, a in ipairs({ "", "a", "ab", "abc", "abcd", "abcde", "hello world", "0123456789abcdef" }) do
		for j, b in ipairs({ "", "x", "xyzzy" }) do
			out = out .. a .. "," .. b .. ":";
			for k, s in ipairs({ 0, -3, 1, 4, 16, 30, 31, 32, 33 }) do
				out = out .. " " .. u.core_hash(a, b, s);
			end
			out = out .. "\n";
		end
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
