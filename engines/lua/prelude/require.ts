/**
 * `require` for files in the script's own folder, and as much of `package` as scripts use: they assign
 * `package.path`, fill `package.preload`, and clear `package.loaded.x` to have a module loaded again. A module
 * that failed can be required again. After the folder the host's own libraries are searched
 * (`engines/lua/libraries.ts`).
 *
 * @module
 */

/** Part of the prelude. */
export const REQUIRE = `
local error, load, type = error, load, type
local compile, find, library = host.compile, host.find, host.library
local loading = {}
-- What libraries use, before a script can put anything else in its place.
local base = {
	error = error, floor = math.floor, pcall = pcall, select = select, tonumber = tonumber,
	tostring = tostring, type = type,
}
local opened = {}

local loaded = {
	_G = _G, coroutine = coroutine, math = math, os = os, string = string, table = table, utf8 = utf8,
}
package = { loaded = loaded, preload = {}, path = "", cpath = "" }
loaded.package = package
local package = package

local function loader(name)
	local preloaded = type(package.preload) == "table" and package.preload[name]
	if preloaded then return preloaded, ":preload:" end
	local code, chunkname = find(name)
	if code then
		local chunk, message = load(code, chunkname)
		if not chunk then error(message, 0) end
		return chunk, chunkname
	end
	local hint
	code, hint = library(name)
	if code then
		opened[code] = opened[code] or compile(code)(host, base)
		return opened[code][name], name
	end
	return nil, hint
end

function require(name)
	if type(name) ~= "string" then
		error("bad argument #1 to 'require' (string expected, got " .. type(name) .. ")", 2)
	end
	if loaded[name] ~= nil then return loaded[name] end
	if loading[name] then error("module '" .. name .. "' requires itself (circular require)", 2) end
	local chunk, where = loader(name)
	if not chunk then
		local hint = where and "; " .. where or ""
		error("module '" .. name .. "' not found: the script's folder has no such .lua file" .. hint, 2)
	end
	loading[name] = true
	local ok, result = pcall(chunk, name, where)
	loading[name] = nil
	if not ok then error(result, 0) end
	if result ~= nil then loaded[name] = result elseif loaded[name] == nil then loaded[name] = true end
	return loaded[name]
end
`;
