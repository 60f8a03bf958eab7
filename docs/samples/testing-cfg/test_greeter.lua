local t = require "kemihost.testing"

local hello = { headers = { ["X-User"] = "7" } }

t.before_each(function()
	t.freeze("2030-01-31T09:00:00Z")
end)

t.test("who says nothing is asked", function()
	local reply = t.request("/")
	t.equal(reply.status, 400)
	t.match(reply.body, "^who")
end)

t.test("a name that is known is greeted by the time of day", function()
	t.set("$sht(names=>7)", "Ada")
	t.equal(t.request("/", hello).body, "good morning, Ada")
end)

t.test("a name that is not known is asked for, and kept for a minute", function()
	local query = t.mock("http_client_query", function(url, variable)
		t.set(variable, "Grace")
		return 200
	end)
	t.equal(t.request("/", hello).body, "good morning, Grace")
	t.equal(t.request("/", hello).body, "good morning, Grace")
	t.equal(query.calls, { { "http://directory/7", "$var(name)", n = 2 } })
	t.advance(61)
	t.request("/", hello)
	t.equal(#query.calls, 2)
end)
