// A small REST API over a list of notes: routes, query parameters, JSON bodies, headers, 404 and 405.
//
//   npx kemihost run scripts/rest-api.js
//   curl -i http://127.0.0.1:8080/notes -d '{"text":"buy milk"}' -H 'Content-Type: application/json'
//   curl -i http://127.0.0.1:8080/notes?contains=milk
//   curl -i http://127.0.0.1:8080/notes/1
//   curl -i -X DELETE http://127.0.0.1:8080/notes/1

import { reply } from "./lib/reply.js";

// Module globals last as long as the process, so this is the store of a demonstration, not of a service.
const notes = new Map();
let lastId = 0;

function list() {
	const contains = KSR.pv.gete("$(hu{url.querystring}{param.value,contains,&}{s.urldecode.param})");
	const found = [...notes.values()].filter((note) => note.text.includes(contains));
	reply(200, "OK", { notes: found });
}

function create() {
	// match_content ignores what follows the type, such as "; charset=utf-8"
	if (!KSR.hdr.match_content("Content-Type", "sw", "application/json", "f"))
		return reply(415, "Unsupported Media Type", { error: "the body must be application/json" });
	let body;
	try {
		body = JSON.parse(KSR.pv.gete("$rb"));
	} catch {
		body = null;
	}
	if (typeof body?.text !== "string")
		return reply(400, "Bad Request", { error: "the body must be an object with a text" });
	const id = ++lastId;
	// the members in alphabetical order, so that the answer is the Lua twin's to the byte
	notes.set(id, { from: KSR.pv.get("$si"), id, text: body.text });
	KSR.hdr.append_to_reply(`Location: /notes/${id}\r\n`);
	reply(201, "Created", notes.get(id));
}

function show(id) {
	reply(200, "OK", notes.get(id));
}

function remove(id) {
	notes.delete(id);
	KSR.xhttp.xhttp_reply(204, "No Content", "", "");
}

function dispatch(handlers, id) {
	const handler = handlers[KSR.pv.get("$rm")];
	if (handler) return handler(id);
	KSR.hdr.append_to_reply(`Allow: ${Object.keys(handlers).sort().join(", ")}\r\n`);
	reply(405, "Method Not Allowed", { error: "not with this method" });
}

export function ksr_xhttp_event(evname) {
	const path = KSR.pv.get("$(hu{url.path})");
	if (path === "/notes") return dispatch({ GET: list, POST: create });
	const id = Number(/^\/notes\/(\d+)$/.exec(path)?.[1]);
	if (notes.has(id)) return dispatch({ GET: show, DELETE: remove }, id);
	reply(404, "Not Found", { error: `nothing at ${path}` });
}
