local lines = {}

local function try(what, f, ...)
	local results = { pcall(f, ...) }
	for i = 1, #results do results[i] = tostring(results[i]) end
	lines[#lines + 1] = what .. ": " .. table.concat(results, ", ")
end

function ksr_xhttp_event(evname)
	lines = {}
	try("number", string.format, "%q", 12)
	try("fraction", string.format, "%q", 1.5)
	try("signs", string.format, "%q", 'a"b\\c\nd\re')
	try("zero", string.format, "%q|%s", "x\0007\0y", "z")
	try("others", string.format, "%q %d %q", "plain", 3.7, "")
	try("back to the start", string.match, "abab", "a*()b")
	try("nothing at the start", string.find, "ba", "a*")
	try("all given back", string.match, "aa", "^a*()aa")
	try("position referred to", string.gsub, "aab", "()a*%1", "<%0>")
	try("trimmed", string.match, "", "^%s*(.-)%s*$")
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", table.concat(lines, "\n") .. "\n")
	return 1
end
