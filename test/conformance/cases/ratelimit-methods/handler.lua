function ksr_xhttp_event(evname)
	local out = KSR.pv.get("$rm") .. " " .. KSR.ratelimit.rl_check() .. " " .. KSR.ratelimit.rl_check();
	for _, pipe in ipairs({ 0, 1, 2, 5, 15, 16, -1, 1000 }) do
		out = out .. ", " .. pipe .. ": " .. KSR.ratelimit.rl_check_pipe(pipe);
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out .. "\n");
end
