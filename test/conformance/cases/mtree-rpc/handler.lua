local calls = {
	{ "summary", '[]' },
	{ "summary", '["o"]' },
	{ "summary", '["none"]' },
	{ "match", '["plain","493012",0]' },
	{ "match", '["plain","1900",0]' },
	{ "match", '["plain","9",0]' },
	{ "match", '["none","9",0]' },
	{ "match", '["plain","49",1]' },
	{ "match", '["plain","49"]' },
	{ "match", '["rates","493012",0]' },
	{ "list", '[]' },
	{ "list", '["on"]' },
	{ "list", '["none"]' },
	{ "reload", '[]' },
	{ "reload", '["one"]' },
	{ "reload", '["none"]' },
	{ "reload", '["."]' },
	{ "summary", '["one"]' },
}

function ksr_xhttp_event()
	local out = {}
	local first, last = string.match(KSR.pv.get("$hu"), "(%d+)-(%d+)")
	for i = tonumber(first), tonumber(last) do
		local call = calls[i]
		KSR.jsonrpcs.exec('{"jsonrpc":"2.0","id":1,"method":"mtree.' .. call[1] .. '","params":' .. call[2] .. '}')
		out[#out + 1] = call[1] .. " " .. call[2] .. ": " .. KSR.pv.gete("$jsonrpl(code)") .. " " .. KSR.pv.gete("$jsonrpl(body)")
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(out, "\n"))
end
