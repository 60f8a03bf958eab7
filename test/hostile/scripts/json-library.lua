-- Wears out cjson and base64: endless work of the host, depth, sharing that grows without end, sparse arrays.

local cjson = require("cjson")
local base64 = require("base64")

-- A tree whose branches are one table: 2^n leaves.
local function shared(levels)
	local t = { "x" }
	for _ = 1, levels do t = { t, t } end
	return t
end

local bombs = {
	function() while true do cjson.decode("[" .. string.rep("1,", 100000) .. "1]") end end,
	function() while true do cjson.encode({ 1, 2, 3 }) end end,
	function() while true do pcall(cjson.decode, string.rep("[", 100000)) end end,
	function()
		local sparse = cjson.new()
		sparse.encode_sparse_array(false, 0)
		while true do pcall(sparse.encode, { [2 ^ 31 - 1] = 1 }) end
	end,
	function() while true do pcall(cjson.encode, shared(40)) end end,
	function()
		local deep = cjson.new()
		deep.encode_max_depth(2 ^ 31 - 1)
		deep.decode_max_depth(2 ^ 31 - 1)
		local t = {}
		t.t = t
		while true do
			pcall(deep.encode, t)
			pcall(deep.decode, string.rep('{"a":', 1000000))
		end
	end,
	function()
		local wide = cjson.new()
		wide.encode_indent(string.rep(" ", 1000000))
		while true do pcall(wide.encode, shared(12)) end
	end,
	function()
		local text = string.rep("x", 1000000)
		while true do base64.decode(base64.encode(text)) end
	end,
}

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then bombs[tonumber(way)]() end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
