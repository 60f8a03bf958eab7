-- Run by "kemihost test".
local t = require("kemihost.testing")

t.test("whoever says a name is greeted by it", function()
	local reply = t.request("/hello?name=Ada%20L.")
	t.equal(reply.status, 200)
	t.equal(reply.headers["content-type"], "application/json")
	t.equal(reply.body, '{"hello":"Ada L."}')
end)

t.test("without a name the world is greeted", function()
	t.equal(t.request("/hello").body, '{"hello":"world"}')
	t.equal(t.logs("info")[1].text, "greets world")
end)

t.test("there is nothing elsewhere", function()
	t.equal(t.request("/elsewhere").status, 404)
end)
