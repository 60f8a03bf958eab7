function ksr_xhttp_event(evname)
	local out = "";
	local function add(value) out = out .. tostring(value) .. "\n"; end
	add(string.format("%e|%.3e|%+e|%E", 1.5, 12345.678, 1, 123));
	add(string.format("%g|%g|%g|%.3g|%G", 1e20, 0.0001, 0.00001, 1234567, 1e-10));
	add(string.format("%g|%g|%g|%g", 100000, 1000000, 3, 0.1));
	add(string.format("%.0f|%.0f|%.1f|%.2f", 0.5, 2.5, 0.35, 1.005));
	add(string.format("%f|%10.2f|%-8.2f|%08.3f|", 1e15, 3.14159, 2.5, -3.14159));
	add(string.format("%x|%X|%#x|%o|%x", 255, 255, 255, 8, -1));
	add(string.format("%5d|%-5d|%05d|%+d|%d", 42, 42, 42, 42, 3.7));
	add(string.format("%5s|%-5s|%.2s|%c%c|%%", "a", "b", "cde", 72, 105));
	add(string.format("%.14g|%.17g|%.20f", 1/3, 0.1, 0.1));
	add(string.format("%e|%g|%#g", 1/0, -1/0, 1.5));
	add(string.format("%-12e|%012.2e|%10.3e|", 1.5, -1.5, 12345.678));
	add(string.format("%.9f", math.atan2(-1, -2)));
	add(KSRVERSION);
	add(type(debug.traceback) .. type(debug.getinfo));
	add(string.match(debug.traceback("msg"), "^msg\nstack traceback:"));
	local ok, trace = xpcall(function() error("deep", 0) end, debug.traceback);
	add(string.match(trace, "^[^\n]*"));
	add(pcall(table.setn, {}, 1));
	add(type(gcinfo()));
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
