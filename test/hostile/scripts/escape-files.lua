-- Tries to load files from outside of its folder. Replies with the names of those it could load, which are none.

local NAMES = {
	"../secret", "..secret", "...secret", "/etc/passwd", "etc.passwd", "lib/../../secret", "lib....secret", "./secret", "\0secret",
	"secret\0", "lib", "link", "link.secret", "file:///etc/passwd", "fs", "node:fs", "child_process", "fengari", "handler\0.lua",
	"", ".", "..", "//etc/passwd", "\\\\etc\\passwd", "lib\\..\\..\\secret", "~/.bashrc", "/proc/self/environ", "..%2fsecret",
	string.rep("../", 50) .. "etc/passwd", string.rep("a", 100000),
}

local function found()
	local list = {}
	pcall(function()
		package.path = "/etc/?;/?;../?.lua;?.js;/proc/self/?"
		package.cpath = "/lib/?.so"
		package.jspath = "/?.js"
		package.searchers = { function() return function() return "searched" end end }
	end)
	for _, name in ipairs(NAMES) do
		local ok, value = pcall(require, name)
		if ok then list[#list + 1] = name .. "=" .. tostring(value) end
		if not ok then KSR.info(tostring(value)) end
	end
	for _, value in ipairs({ {}, 5, true, function() end }) do
		local ok, message = pcall(require, value)
		if ok then list[#list + 1] = type(value) end
		KSR.info(tostring(message))
	end
	return table.concat(list, " ")
end

function ksr_xhttp_event()
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$hu") == "/bomb1" and found() or "fine")
end
