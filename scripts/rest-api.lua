-- A small REST API over a list of notes: routes, query parameters, JSON bodies, headers, 404 and 405.
--
--   npx kemihost run scripts/rest-api.lua --modparam 'htable:htable:s:notes=>initval=0'
--   curl -i http://127.0.0.1:8080/notes -d '{"text":"buy milk"}' -H 'Content-Type: application/json'
--   curl -i http://127.0.0.1:8080/notes?contains=milk
--   curl -i http://127.0.0.1:8080/notes/1
--   curl -i -X DELETE http://127.0.0.1:8080/notes/1

local json = require("lib.json")

-- Notes live in a hash table, which all children share: one item for each as JSON, and one that counts. A script global
-- would be another one in each child.
local function find(id)
	local note = KSR.htable.sht_get("notes", "note " .. id)
	if type(note) == "string" then
		return json.decode(note)
	end
end

local function all()
	local notes = {}
	KSR.htable.sht_iterator_start("walk", "notes")
	while KSR.htable.sht_iterator_next("walk") == 1 do
		local note = KSR.pv.get("$shtitval(walk)")
		if type(note) == "string" then
			notes[#notes + 1] = json.decode(note)
		end
	end
	table.sort(notes, function(a, b)
		return a.id < b.id
	end)
	return notes
end

local function reply(code, reason, value)
	KSR.xhttp.xhttp_reply(code, reason, "application/json", json.encode(value) .. "\n")
end

local function list()
	local contains = KSR.pv.gete("$(hu{url.querystring}{param.value,contains,&}{s.urldecode.param})")
	local found = {}
	for _, note in ipairs(all()) do
		if string.find(note.text, contains, 1, true) then
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
	local id = KSR.htable.sht_inc("notes", "last id")
	local note = { id = id, text = body.text, from = KSR.pv.get("$si") }
	KSR.htable.sht_sets("notes", "note " .. id, json.encode(note))
	KSR.hdr.append_to_reply("Location: /notes/" .. id .. "\r\n")
	reply(201, "Created", note)
end

local function show(id)
	reply(200, "OK", find(id))
end

local function remove(id)
	KSR.htable.sht_rm("notes", "note " .. id)
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
	local id = string.match(path, "^/notes/(%d+)$")
	if id and find(id) then
		return dispatch({ GET = show, DELETE = remove }, id)
	end
	reply(404, "Not Found", { error = "nothing at " .. path })
end
