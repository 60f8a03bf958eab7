-- Begins work that is to be done later, until it may begin no more.

local long = string.rep("x", 10000)

local ways = {
	function() return KSR.async.task_data("DONE", long) end,
	function() return KSR.async.task_group_data("DONE", "group", long) end,
	function() return KSR.async.route("DONE", 20) end,
	function() return KSR.http_async_client.send("http://127.0.0.1:1/", "DONE") end,
}

function DONE() end

function ksr_xhttp_event()
	local way = string.match(KSR.pv.get("$hu"), "^/bomb(%d+)$")
	if way then
		while ways[tonumber(way)]() ~= -1 do end
	end
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "fine")
end
