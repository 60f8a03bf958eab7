-- Takes a basket in JSON and gives its sum and a receipt.
local cjson = require("cjson.safe")
local base64 = require("base64")

function ksr_xhttp_event(evname)
	local basket, message = cjson.decode(KSR.pv.gete("$rb"))
	if not basket then
		return KSR.xhttp.xhttp_reply(400, "Bad Request", "text/plain", message)
	end
	local sum = 0
	for _, item in ipairs(basket) do sum = sum + item.price end
	local answer = { sum = sum, receipt = base64.encode(#basket .. " items") }
	KSR.xhttp.xhttp_reply(200, "OK", "application/json", cjson.encode(answer))
end
