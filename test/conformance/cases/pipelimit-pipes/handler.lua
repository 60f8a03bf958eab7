function ksr_xhttp_event(evname)
	local out = "";
	local function try(n, name, ...)
		out = out .. name .. " " .. table.concat({ ... }, " ") .. ":";
		for i = 1, n do out = out .. " " .. KSR.pipelimit[name](...); end
		out = out .. "\n";
	end
	try(1, "pl_active", "drop");
	try(1, "pl_check", "drop");
	try(6, "pl_check_limit", "drop", "TAILDROP", 4);
	try(1, "pl_active", "drop");
	try(2, "pl_check", "drop");
	try(2, "pl_check_limit", "drop", "TAILDROP", 10);
	try(2, "pl_check_limit", "drop", "RED", 0);
	try(2, "pl_check_limit", "zero", "TAILDROP", 0);
	try(2, "pl_check_limit", "less", "TAILDROP", -5);
	try(6, "pl_check_limit", "red", "RED", 2);
	try(2, "pl_check_limit", "nop", "NOP", 2);
	try(1, "pl_check_limit", "other", "taildrop", 2);
	try(1, "pl_check_limit", "other", "", 2);
	try(2, "pl_check_limit", "", "TAILDROP", 1);
	try(1, "pl_active", "");
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
