-- Looks for a way to the system: every library function that has one. Replies with what it found, which is nothing.

local function found()
	local list = {}
	local function see(name, value)
		if value ~= nil then list[#list + 1] = name end
	end
	for _, name in ipairs({ "io", "dofile", "loadfile", "newproxy", "process", "js", "fengari", "jit", "ffi", "python" }) do
		see(name, rawget(_G, name))
	end
	for name in pairs(debug) do
		if name ~= "traceback" and name ~= "getinfo" then see("debug." .. name, true) end
	end
	for _, name in ipairs({ "execute", "exit", "remove", "rename", "tmpname", "setlocale" }) do
		see("os." .. name, os and os[name])
	end
	for _, name in ipairs({ "PATH", "HOME", "KEMIHOST_TEST_SECRET" }) do
		see("os.getenv " .. name, os and os.getenv and os.getenv(name))
	end
	for _, name in ipairs({ "loadlib", "searchers", "loaders", "jspath", "searchpath", "config" }) do
		see("package." .. name, package and package[name])
	end
	see("string.dump", string.dump)
	-- a way to what is loaded may lead to what was taken out of the globals
	for _, name in ipairs({ "io", "debug", "fengari" }) do
		see("package.loaded." .. name, package and package.loaded and package.loaded[name])
	end
	-- bytecode can break the machine that runs it
	for _, chunk in ipairs({ "\27Lua", "\27LuaS", "\27LuaT\0\25\147\r\n\26\n", "\27LuaQ\0\1\4\8\4\8\0" }) do
		see("bytecode", (load(chunk)))
		see("bytecode", (load(chunk, "x", "b")))
		see("bytecode", loadstring and (loadstring(chunk)))
		local once = false
		see("bytecode", (load(function()
			if once then return nil end
			once = true
			return chunk
		end, "x", "bt")))
	end
	return table.concat(list, " ")
end

function ksr_xhttp_event()
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.pv.get("$hu") == "/bomb1" and found() or "fine")
end
