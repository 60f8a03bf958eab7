/**
 * Coroutines of the script in which a KSR function waits.
 *
 * A KSR function waits by a yield, which has to arrive in the engine. From inside a coroutine it arrives at whoever
 * resumed that, so `resume` and `wrap` pass it on upwards, and resume the coroutine again when they are resumed
 * themselves. The script sees nothing of it: to its own code the KSR function simply returns later.
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
