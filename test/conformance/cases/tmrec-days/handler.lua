local function show(v)
	if v == nil then return "null" end
	return tostring(v) .. " (" .. type(v) .. ")";
end

function ksr_xhttp_event(evname)
	local out = "";
	out = out .. "KSR.tmrec.match_timestamp('|', 1764072000): " .. show(KSR.tmrec.match_timestamp('|', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('|PT8H', 1764072000): " .. show(KSR.tmrec.match_timestamp('|PT8H', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|daily', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|daily', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|hourly', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|hourly', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly|||TU,WE', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly|||TU,WE', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly|||-1TU,3WE', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly|||-1TU,3WE', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly|||MO', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly|||MO', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|weekly', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|monthly||||25', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|monthly||||25', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|monthly||||-6', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|monthly||||-6', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|monthly||||-5', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|monthly||||-5', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20201125T000000|P1D|yearly', 1764072000): " .. show(KSR.tmrec.match_timestamp('20201125T000000|P1D|yearly', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20201126T000000|P1D|yearly', 1764072000): " .. show(KSR.tmrec.match_timestamp('20201126T000000|P1D|yearly', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|yearly|||||-37', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|yearly|||||-37', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|P1D|yearly|||47TU', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|P1D|yearly|||47TU', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20251124T000000|P1D|daily||2', 1764072000): " .. show(KSR.tmrec.match_timestamp('20251124T000000|P1D|daily||2', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20251123T000000|P1D|daily||2', 1764072000): " .. show(KSR.tmrec.match_timestamp('20251123T000000|P1D|daily||2', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20251118T000000|P1D|weekly||2|TU', 1764072000): " .. show(KSR.tmrec.match_timestamp('20251118T000000|P1D|weekly||2|TU', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20251111T000000|P1D|weekly||2|TU', 1764072000): " .. show(KSR.tmrec.match_timestamp('20251111T000000|P1D|weekly||2|TU', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('', 1764072000): " .. show(KSR.tmrec.match_timestamp('', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('x', 1764072000): " .. show(KSR.tmrec.match_timestamp('x', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|PT0S', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|PT0S', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('20200101T000000|9H|daily', 1764072000): " .. show(KSR.tmrec.match_timestamp('20200101T000000|9H|daily', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.match_timestamp('2020-01-01|PT9H', 1764072000): " .. show(KSR.tmrec.match_timestamp('2020-01-01|PT9H', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp(' ', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp(' ', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('never', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('never', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('wd {tuesday}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('wd {tuesday}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('wd {3}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('wd {3}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('wd {fri-tue}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('wd {fri-tue}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('wd {mo} , md {25}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('wd {mo} , md {25}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('wd {mo} wd {tu}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('wd {mo} wd {tu}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('wd{tu}md{25}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('wd{tu}md{25}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('yr {2020 - 2030}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('yr {2020 - 2030}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('yr {2026-2030}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('yr {2026-2030}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('mo {november}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('mo {november}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('mo {12-10}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('mo {12-10}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('yd {329}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('yd {329}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('hr {}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('hr {}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.time_period_match_timestamp('sec {0-60}', 1764072000): " .. show(KSR.tmrec.time_period_match_timestamp('sec {0-60}', 1764072000)) .. "\n";
	out = out .. "KSR.tmrec.is_leap_year(2024): " .. show(KSR.tmrec.is_leap_year(2024)) .. "\n";
	out = out .. "KSR.tmrec.is_leap_year(2023): " .. show(KSR.tmrec.is_leap_year(2023)) .. "\n";
	out = out .. "KSR.tmrec.is_leap_year(1900): " .. show(KSR.tmrec.is_leap_year(1900)) .. "\n";
	out = out .. "KSR.tmrec.is_leap_year(2000): " .. show(KSR.tmrec.is_leap_year(2000)) .. "\n";
	out = out .. "KSR.tmrec.is_leap_year(0): " .. show(KSR.tmrec.is_leap_year(0)) .. "\n";
	out = out .. "KSR.tmrec.is_leap_year(-4): " .. show(KSR.tmrec.is_leap_year(-4)) .. "\n";
	KSR.xhttp.xhttp_reply(200, "OK", "text/plain", out);
end
