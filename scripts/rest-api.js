// A small REST API over a list of notes: routes, query parameters, JSON bodies, headers, 404 and 405.
//
//   npx kemihost run scripts/rest-api.js --modparam 'htable:htable:s:notes=>initval=0'
//   curl -i http://127.0.0.1:8080/notes -d '{"text":"buy milk"}' -H 'Content-Type: application/json'
//   curl -i http://127.0.0.1:8080/notes?contains=milk
//   curl -i http://127.0.0.1:8080/notes/1
//   curl -i -X DELETE http://127.0.0.1:8080/notes/1

import { reply } from "./lib/reply.js";

// Notes live in a hash table, which all children share: one item for each as JSON, and one that counts. A global would be
// another one in each child.
function find(id) {
	const note = KSR.htable.sht_get("notes", `note ${id}`);
	return typeof note === "string" ? JSON.parse(note) : undefined;
}

function all() {
	const notes = [];
	KSR.htable.sht_iterator_start("walk", "notes");
	while (KSR.htable.sht_iterator_next("walk") === 1) {
		const note = KSR.pv.get("$shtitval(walk)");
		if (typeof note === "string") notes.push(JSON.parse(note));
	}
	return notes.sort((a, b) => a.id - b.id);
}

function list() {
	const contains = KSR.pv.gete("$(hu{url.querystring}{param.value,contains,&}{s.urldecode.param})");
	const found = all().filter((note) => note.text.includes(contains));
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
	const id = KSR.htable.sht_inc("notes", "last id");
	// the members in alphabetical order, so that the answer is the Lua twin's to the byte
	const note = { from: KSR.pv.get("$si"), id, text: body.text };
	KSR.htable.sht_sets("notes", `note ${id}`, JSON.stringify(note));
	KSR.hdr.append_to_reply(`Location: /notes/${id}\r\n`);
	reply(201, "Created", note);
}

function show(id) {
	reply(200, "OK", find(id));
}

function remove(id) {
	KSR.htable.sht_rm("notes", `note ${id}`);
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
	const id = /^\/notes\/(\d+)$/.exec(path)?.[1];
	if (id && find(id)) return dispatch({ GET: show, DELETE: remove }, id);
	reply(404, "Not Found", { error: `nothing at ${path}` });
}
