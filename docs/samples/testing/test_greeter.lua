local t = require "kemihost.testing"

t.use { params = { htable = { htable = "names=>size=4;autoexpire=3600" } } }

t.before_each(function()
	t.freeze("2030-01-31T09:00:00Z")
end)

t.test("who says nothing is asked", function()
	local reply = t.request("/")
	t.equal(reply.status, 400)
	t.equal(reply.headers["content-type"], "text/plain")
	t.match(reply.body, "^who")
end)

t.test("a name that is known is greeted by the time of day", function()
	t.set("$sht(names=>7)", "Ada")
	local hello = { headers = { ["X-User"] = "7" } }
	t.equal(t.request("/", hello).body, "good morning, Ada")
	t.advance(10 * 3600)
	t.set("$sht(names=>7)", "Ada")
	t.equal(t.request("/", hello).body, "good evening, Ada")
end)

t.test("a name that is not known is asked for, and kept for a minute", function()
	local query = t.mock("KSR.http_client.query", function(url, variable)
		t.set(variable, "Grace")
		return 200
	end)
	local hello = { headers = { ["X-User"] = "8" } }
	t.equal(t.request("/", hello).body, "good morning, Grace")
	t.equal(t.request("/", hello).body, "good morning, Grace")
	t.equal(query.calls, { { "http://directory/8", "$var(name)", n = 2 } })
	t.equal(t.htable("names"), { ["8"] = "Grace" })
	t.advance(61)
	t.request("/", hello)
	t.equal(#query.calls, 2)
end)

t.test("where the directory fails, the log says so", function()
	t.mock("KSR.http_client.query", 500)
	local reply = t.request("GET", "/", { headers = { ["X-User"] = "9" } })
	t.equal(reply.status, 502)
	t.equal(t.logs("error")[1].text, "the directory does not know 9")
end)
