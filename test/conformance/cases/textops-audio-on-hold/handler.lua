function ksr_xhttp_event(evname)
	local out = "";
	local function try(name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. " = " .. tostring(KSR.textops[name](...)) .. "\n";
	end
	try("is_audio_on_hold");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
