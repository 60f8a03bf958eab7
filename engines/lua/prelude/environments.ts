/**
 * `setfenv` and `getfenv`. Lua 5.2 made a function's environment an ordinary upvalue called `_ENV`; these two act on
 * it through the engine, since the debug library is not open. A function that uses no global has no environment to
 * set, and where functions of one chunk shared an environment, `setfenv` changes that of one of them, as in Lua 5.1.
 *
 * @module
 */

/** Part of the prelude. */
export const ENVIRONMENTS = `
local error, type, globals = error, type, _G
local environment, join, function_at = host.environment, host.joinEnvironment, host.functionAt

local function target(name, f)
	if type(f) == "function" then return f end
	if type(f) ~= "number" then
		error("bad argument #1 to '" .. name .. "' (number expected, got " .. type(f) .. ")", 3)
	end
	if not function_at then
		error(name .. " by level is not available in this engine; pass the function itself", 3)
	end
	local found = function_at(f + 2) -- above: this function and get- or setfenv
	if not found then error("bad argument #1 to '" .. name .. "' (invalid level)", 3) end
	return found
end

function getfenv(f)
	if f == 0 or not environment then return globals end
	if f == nil then f = 1 end
	local found = target("getfenv", f)
	return environment(found) or globals
end

function setfenv(f, env)
	if type(env) ~= "table" then
		error("bad argument #2 to 'setfenv' (table expected, got " .. type(env) .. ")", 2)
	end
	if f == 0 then error("setfenv cannot change the environment of the whole engine", 2) end
	if not join then error("setfenv is not available in this engine", 2) end
	local found = target("setfenv", f)
	join(found, function() return env end)
	return found
end
`;
