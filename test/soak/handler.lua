-- What the soak asks for: answers that can be checked, and every kind of trouble.

local function deep(n)
	return 1 + deep(n + 1)
end

local answers = {
	echo = function()
		return KSR.pv.gete("$(hu{url.querystring})")
	end,
	sum = function()
		local sum = 0
		for number in string.gmatch(KSR.pv.gete("$rb"), "%d+") do
			sum = sum + tonumber(number)
		end
		return sum
	end,
	body = function()
		return KSR.pv.get("$rb")
	end,
	count = function()
		return KSR.htable.sht_inc("soak", "count")
	end,
	total = function()
		return KSR.htable.sht_get("soak", "count")
	end,
	queue = function()
		KSR.mqueue.mq_add("q", KSR.pv.gete("$(hu{url.querystring})"), "v")
		KSR.mqueue.mq_fetch("q")
		return KSR.pv.get("$mqk(q)")
	end,
	wait = function()
		local before = KSR.pv.gete("$(hu{url.querystring})")
		KSR.cfgutils.usleep(20000)
		return before .. KSR.pv.gete("$(hu{url.querystring})")
	end,
	pid = function()
		return KSR.pv.get("$pp")
	end,
	-- trouble
	loop = function()
		while true do
			pcall(function()
				while true do end
			end)
		end
	end,
	tables = function()
		local t = {}
		while true do
			t[#t + 1] = { {}, {} }
		end
	end,
	strings = function()
		local s = "x"
		while true do
			s = s .. s
		end
	end,
	deep = function()
		return deep(0)
	end,
	error = function()
		error({ "on purpose" })
	end,
	silent = function()
		KSR.x.exit()
	end,
	flood = function()
		for i = 1, 200 do
			KSR.dbg(string.rep("x", 1000))
		end
		return "flooded"
	end,
}

function ksr_xhttp_event(evname)
	local name = string.match(KSR.pv.get("$hu"), "^/(%a+)")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", "" .. answers[name]())
end
