local calls = {
	{ "dump", '[1]' },
	{ "dump", '[2]' },
	{ "dump", '[9]' },
	{ "dump", '[]' },
	{ "translate", '[1, "112"]' },
	{ "translate", '[1, "0049123"]' },
	{ "translate", '[1, "zz"]' },
	{ "translate", '[9, "112"]' },
	{ "translate", '[1]' },
	{ "translate", '[1, ""]' },
	{ "translate", '[1, "61"]' },
	{ "translate", '[1, "1234"]' },
	{ "reload", '[]' },
	{ "reload", '[]' },
}

function ksr_xhttp_event()
	local out = {}
	for _, call in ipairs(calls) do
		KSR.jsonrpcs.exec('{"jsonrpc":"2.0","id":1,"method":"dialplan.' .. call[1] .. '","params":' .. call[2] .. '}')
		out[#out + 1] = call[1] .. " " .. call[2] .. ": " .. KSR.pv.gete("$jsonrpl(code)") .. " " .. KSR.pv.gete("$jsonrpl(body)")
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
