/**
 * The library that `require "kemihost.testing"` gives to a Lua test file.
 *
 * It talks to the host through one function, `KSR.kemihost.call(operation, JSON)`, which `suite.ts` answers.
 *
 * @module
 */

/** The file that `require` finds, below the folder of every Lua test file. */
export const API_FILE = 'kemihost/testing.lua';

/** Called by the host with the number of a test, a step or a mock. */
export const ENTRY = { run: '__kemihost_run', mock: '__kemihost_mock' } as const;

/** Lua for every version from 5.1 on. */
export const LUA_API = `
local cjson = require "cjson"
local call = KSR.kemihost.call
local unpack = table.unpack or unpack
local M = { null = cjson.null }
local bodies, mocks = {}, {}

local function ask(operation, argument)
	return call(operation, argument == nil and "null" or cjson.encode(argument))
end

-- showing and comparing values

local function show(value, depth)
	if type(value) == "string" then return string.format("%q", value) end
	if type(value) ~= "table" then return tostring(value) end
	if (depth or 0) > 3 then return "{...}" end
	local parts, n = {}, #value
	for i = 1, n do parts[i] = show(value[i], (depth or 0) + 1) end
	local keys = {}
	for key in pairs(value) do
		if not (type(key) == "number" and key >= 1 and key <= n) then keys[#keys + 1] = key end
	end
	table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
	for _, key in ipairs(keys) do
		parts[#parts + 1] = tostring(key) .. " = " .. show(value[key], (depth or 0) + 1)
	end
	return "{ " .. table.concat(parts, ", ") .. " }"
end

local function same(a, b)
	if a == b then return true end
	if type(a) ~= "table" or type(b) ~= "table" then return false end
	for key, value in pairs(a) do if not same(value, b[key]) then return false end end
	for key in pairs(b) do if a[key] == nil then return false end end
	return true
end

local function fail(message, text) error(message and message .. ": " .. text or text, 3) end

function M.equal(actual, expected, message)
	if not same(actual, expected) then fail(message, "expected " .. show(expected) .. ", got " .. show(actual)) end
end

function M.not_equal(actual, unexpected, message)
	if same(actual, unexpected) then fail(message, "expected something else than " .. show(unexpected)) end
end

function M.ok(value, message)
	if not value then fail(message, "expected a true value, got " .. show(value)) end
end

function M.match(text, pattern, message)
	if type(text) ~= "string" or not text:match(pattern) then
		fail(message, "expected a match of " .. show(pattern) .. ", got " .. show(text))
	end
end

function M.contains(text, part, message)
	if type(text) ~= "string" or not text:find(part, 1, true) then
		fail(message, "expected " .. show(part) .. " in " .. show(text))
	end
end

function M.raises(body, pattern, message)
	local done, err = pcall(body)
	if done then fail(message, "expected an error") end
	if pattern and not tostring(err):match(pattern) then
		fail(message, "expected an error that matches " .. show(pattern) .. ", got " .. show(tostring(err)))
	end
end

-- declaring

local function declare(kind, body, name, options)
	bodies[#bodies + 1] = body
	ask(kind, { body = #bodies, name = name, options = options })
end

function M.test(name, options, body)
	if body == nil then options, body = nil, options end
	declare("test", body, name, options)
end

function M.use(options) ask("use", options) end
function M.before_each(body) declare("before", body) end
function M.after_each(body) declare("after", body) end

-- the script under test

function M.request(method, target, init)
	if type(target) ~= "string" then method, target, init = nil, method, target end
	return ask("request", { method = method, target = target, init = init })
end

function M.event(name, callback) return ask("event", { name = name, callback = callback }) end
function M.pv(name) return ask("pv", name) end

function M.set(name, value)
	if value == nil then value = cjson.null end
	ask("set", { name = name, value = value })
end

function M.htable(name) return ask("htable", name) end
function M.logs(level) return ask("logs", level) end
function M.fixture(name) return ask("fixture", name) end
function M.freeze(at) ask("freeze", at) end
function M.advance(seconds) ask("advance", seconds) end
function M.unfreeze() ask("unfreeze") end
function M.now() return ask("now") end

-- mocks: nils in lists of arguments travel as boxes without a value

local function unbox(boxes)
	local values = {}
	for i = 1, #boxes do values[i] = boxes[i].v end
	values.n = #boxes
	return values
end

function M.mock(path, stand)
	local body = stand
	if type(stand) ~= "function" then body = function() return stand end end
	local mock = {}
	mocks[#mocks + 1] = body
	ask("mock", { path = path, body = stand ~= nil and #mocks or nil })
	local function calls()
		local all = ask("calls", path)
		for i = 1, #all do all[i] = unbox(all[i]) end
		return all
	end
	function mock.restore() ask("restore", path) end
	return setmetatable(mock, { __index = function(_, key) if key == "calls" then return calls() end end })
end

M.spy = function(path) return M.mock(path) end

-- called by the host

function ${ENTRY.run}(index) bodies[tonumber(index)]() end

function ${ENTRY.mock}(index)
	local args = unbox(ask("arguments"))
	local given = { mocks[tonumber(index)](unpack(args, 1, args.n)) }
	ask("answer", { v = given[1] })
end

return M
`;
