/**
 * The safe part of `os`: dates and times. Nothing here reads the environment or files, or ends the process.
 *
 * @module
 */
import { LONGEST_FORMAT } from '../../../src/strftime.ts';

/** Part of the prelude. */
export const OS = `
local error, sub, tointeger, tonumber, type = error, string.sub, math.tointeger, tonumber, type
local calendar, mktime, now, strftime = host.calendar, host.mktime, host.time, host.strftime

local function set_fields(t, seconds, utc)
	t.year, t.month, t.day, t.hour, t.min, t.sec, t.wday, t.yday, t.isdst = calendar(seconds, utc)
	return t
end

local function field(t, name, default)
	local value = t[name]
	if value == nil then
		if default then return default end
		error("field '" .. name .. "' missing in date table", 3)
	end
	local whole = tonumber(value)
	whole = whole and tointeger(whole)
	if not whole then error("field '" .. name .. "' is not an integer", 3) end
	return whole
end

os = {}

function os.time(t)
	if t == nil then return now() end
	if type(t) ~= "table" then error("bad argument #1 to 'time' (table expected, got " .. type(t) .. ")", 2) end
	local seconds = mktime(field(t, "year"), field(t, "month"), field(t, "day"),
		field(t, "hour", 12), field(t, "min", 0), field(t, "sec", 0))
	if not seconds then error("time result cannot be represented in this installation", 2) end
	set_fields(t, seconds, false)
	return seconds
end

function os.date(format, time)
	if format == nil then format = "%c" end
	if type(format) ~= "string" then
		error("bad argument #1 to 'date' (string expected, got " .. type(format) .. ")", 2)
	end
	if #format > ${LONGEST_FORMAT} then
		error("bad argument #1 to 'date' (a format has at most ${LONGEST_FORMAT} bytes)", 2)
	end
	local seconds = time == nil and now() or tonumber(time)
	if not seconds then error("bad argument #2 to 'date' (number expected, got " .. type(time) .. ")", 2) end
	local utc = sub(format, 1, 1) == "!"
	if utc then format = sub(format, 2) end
	if not calendar(seconds, utc) then error("date result cannot be represented in this installation", 2) end
	if sub(format, 1, 2) == "*t" then return set_fields({}, seconds, utc) end
	return strftime(format, seconds, utc)
end

os.clock = host.clock
function os.difftime(later, earlier) return later - (earlier or 0) + 0.0 end
function os.getenv() return nil end
`;
