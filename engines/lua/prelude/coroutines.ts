/**
 * Lets KSR functions wait inside the script's own coroutines.
 *
 * A KSR function waits by yielding to the engine. Inside a coroutine the yield reaches whoever resumed that
 * coroutine instead. So `resume` and `wrap` pass it on outwards, and resume the coroutine when they are resumed
 * themselves. The script notices nothing: to its own code the KSR function simply returns later.
 *
 * @module
 */

/** Part of the prelude. */
export const COROUTINES = `
local C = { wrap = coroutine.wrap }
local create, close, resume = coroutine.create, coroutine.close, coroutine.resume
local yield, yieldable = coroutine.yield, coroutine.isyieldable
local error, type = error, type
local waits, give_up = host.waits, host.giveUp

-- Takes what a resume has given. Called as a tail call: level 2 of an error is the script's function that resumes.
local function pass(co, ...)
	if not waits() then return ... end
	if not yieldable() then error(give_up(), 2) end
	yield()
	return pass(co, resume(co))
end

function coroutine.resume(co, ...)
	return pass(co, resume(co, ...))
end

local function unwrap(co, ok, ...)
	if waits() then
		if not yieldable() then error(give_up(), 2) end
		yield()
		return unwrap(co, resume(co))
	end
	if ok then return ... end
	if close and coroutine.status(co) == "dead" then close(co) end
	error((...), 2)
end

function coroutine.wrap(f)
	if type(f) ~= "function" then return C.wrap(f) end
	local co = create(f)
	return function(...) return unwrap(co, resume(co, ...)) end
end
`;
