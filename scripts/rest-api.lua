-- A small REST API over a list of notes: routes, query parameters, JSON bodies, headers, 404 and 405.
--
--   npx kemihost run scripts/rest-api.lua
--   curl -i http://127.0.0.1:8080/notes -d '{"text":"buy milk"}' -H 'Content-Type: application/json'
--   curl -i http://127.0.0.1:8080/notes?contains=milk
--   curl -i http://127.0.0.1:8080/notes/1
--   curl -i -X DELETE http://127.0.0.1:8080/notes/1

local json = require("lib.json")

-- Script globals last as long as the process, so this is the store of a demonstration, not of a service.
local notes = {}
local last_id = 0

local function reply(code, reason, value)
	KSR.xhttp.xhttp_reply(code, reason, "application/json", json.encode(value) .. "\n")
end

local function list()
	local contains = KSR.pv.gete("$(hu{url.querystring}{param.value,contains,&}{s.urldecode.param})")
	local found = {}
	for id = 1, last_id do
		local note = notes[id]
		if note and string.find(note.text, contains, 1, true) then
			found[#found + 1] = note
		end
	end
	reply(200, "OK", { notes = json.array(found) })
end

local function create()
	-- match_content ignores what follows the type, such as "; charset=utf-8"
	if not KSR.hdr.match_content("Content-Type", "sw", "application/json", "f") then
		return reply(415, "Unsupported Media Type", { error = "the body must be application/json" })
	end
	local ok, body = pcall(json.decode, KSR.pv.gete("$rb"))
	if not ok or type(body) ~= "table" or type(body.text) ~= "string" then
		return reply(400, "Bad Request", { error = "the body must be an object with a text" })
	end
	last_id = last_id + 1
	notes[last_id] = { id = last_id, text = body.text, from = KSR.pv.get("$si") }
	KSR.hdr.append_to_reply("Location: /notes/" .. last_id .. "\r\n")
	reply(201, "Created", notes[last_id])
end

local function show(id)
	reply(200, "OK", notes[id])
end

local function remove(id)
	notes[id] = nil
	KSR.xhttp.xhttp_reply(204, "No Content", "", "")
end

local function dispatch(handlers, id)
	local handler = handlers[KSR.pv.get("$rm")]
	if handler then
		return handler(id)
	end
	local allowed = {}
	for method in pairs(handlers) do
		allowed[#allowed + 1] = method
	end
	table.sort(allowed)
	KSR.hdr.append_to_reply("Allow: " .. table.concat(allowed, ", ") .. "\r\n")
	reply(405, "Method Not Allowed", { error = "not with this method" })
end

function ksr_xhttp_event(evname)
	local path = KSR.pv.get("$(hu{url.path})")
	if path == "/notes" then
		return dispatch({ GET = list, POST = create })
	end
	local id = tonumber(string.match(path, "^/notes/(%d+)$"))
	if id and notes[id] then
		return dispatch({ GET = show, DELETE = remove }, id)
	end
	reply(404, "Not Found", { error = "nothing at " .. path })
end
