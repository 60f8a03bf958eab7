-- Notes in a database: POST adds one, GET finds those that contain a text.
--
--     modparam("sqlops", "sqlcon", "notes=>sqlite:///path/of/the/file")

local function add(note)
	KSR.sqlops.sql_query("notes", "create table if not exists notes (id integer primary key, text varchar(1000))", "made")
	if KSR.sqlops.sql_query_params("notes", "insert into notes (text) values (?)", "added", note) < 0 then
		KSR.xhttp.xhttp_reply(503, "Service Unavailable", "text/plain", "the database does not answer\n")
		return
	end
	KSR.sqlops.sql_query("notes", "select count(*) as number from notes", "count")
	local number = KSR.sqlops.sql_result_get("count", 0, 0)
	KSR.xhttp.xhttp_reply(201, "Created", "text/plain", number .. (number == 1 and " note\n" or " notes\n"))
end

local function find(text)
	-- the database searches; the pattern is a value as well
	KSR.sqlops.sql_query_params("notes", "select text from notes where text like ? order by id", "found", "%" .. text .. "%")
	local lines = {}
	for row = 0, KSR.sqlops.sql_num_rows("found") - 1 do
		lines[#lines + 1] = KSR.sqlops.sql_result_get("found", row, 0) .. "\n"
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(lines))
end

function ksr_xhttp_event(evname)
	if KSR.pv.get("$rm") == "POST" then
		add(KSR.pv.gete("$rb"))
	else
		find(KSR.pv.gete("$(hu{url.querystring}{param.value,contains,&}{s.urldecode.param})"))
	end
end
