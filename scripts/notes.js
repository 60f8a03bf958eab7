// Notes in a database: POST adds one, GET finds those that contain a text.
//
//     modparam("sqlops", "sqlcon", "notes=>sqlite:///path/of/the/file")

async function add(note) {
	await KSR.sqlops.sql_query(
		"notes", "create table if not exists notes (id integer primary key, text varchar(1000))", "made");
	if (await KSR.sqlops.sql_query_params("notes", "insert into notes (text) values (?)", "added", note) < 0) {
		KSR.xhttp.xhttp_reply(503, "Service Unavailable", "text/plain", "the database does not answer\n");
		return;
	}
	await KSR.sqlops.sql_query("notes", "select count(*) as number from notes", "count");
	const number = KSR.sqlops.sql_result_get("count", 0, 0);
	KSR.xhttp.xhttp_reply(201, "Created", "text/plain", `${number} ${number === 1 ? "note" : "notes"}\n`);
}

async function find(text) {
	// the database searches; the pattern is a value as well
	await KSR.sqlops.sql_query_params(
		"notes", "select text from notes where text like ? order by id", "found", `%${text}%`);
	let lines = "";
	for (let row = 0; row < KSR.sqlops.sql_num_rows("found"); row++)
		lines += `${KSR.sqlops.sql_result_get("found", row, 0)}\n`;
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", lines);
}

async function ksr_xhttp_event(evname) {
	if (KSR.pv.get("$rm") === "POST") await add(KSR.pv.gete("$rb"));
	else await find(KSR.pv.gete("$(hu{url.querystring}{param.value,contains,&}{s.urldecode.param})"));
}
