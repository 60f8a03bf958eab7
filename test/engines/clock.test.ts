/** The host's clock is the time of everything that scripts can ask. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor } from '../support/host.ts';

const T0 = Date.UTC(2030, 0, 2, 3, 4, 5);
const READ = '$TS $Ts $TV(sn) $(TV(Sn){s.substr,0,10}) $utimef(%Y-%m-%dT%H:%M:%S) $sht(t=>x)';

const LUA = `function ksr_xhttp_event()
	if KSR.is_method("PUT") then KSR.pv.seti("$sht(t=>x)", 7) end
	local own = os.time() .. " " .. os.date("!%Y-%m-%dT%H:%M:%S")
	KSR.pvx.evalx("$var(t)", "${READ}")
	KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$var(t)") .. "|" .. own)
end`;
const JS = `function ksr_xhttp_event() {
	if (KSR.is_method("PUT")) KSR.pv.seti("$sht(t=>x)", 7);
	const d = new Date();
	if (d.constructor !== Date || !(d instanceof Date) || new Date(5).getTime() !== 5) throw Error("no Date");
	if (Date.UTC(2030, 0, 2, 3, 4, 5) !== ${T0} || typeof Date() !== "string" || Date.length !== 7) throw Error("no Date");
	class Later extends Date { plus() { return this.getTime() + 1; } }
	if (new Later(5).plus() !== 6) throw Error("no subclass");
	const own = Math.floor(Date.now() / 1000) + " " + d.toISOString().slice(0, 19);
	KSR.pvx.evalx("$var(t)", "${READ}");
	KSR.xhttp.xhttp_reply(200, "OK", "", KSR.pv.get("$var(t)") + "|" + own);
}`;

for (const [engine, name, code] of [
	['fengari', 'h.lua', LUA],
	['wasmoon', 'h.lua', LUA],
	['quickjs', 'h.js', JS],
	['isolated-vm', 'h.js', JS],
] as const)
	test(`${engine}: time stands where the clock stands, and what expires does so by it`, async (t) => {
		let now = T0;
		const host = await hostFor(t, code, {
			name,
			engine,
			clock: { now: () => now },
			modparams: [{ module: 'htable', name: 'htable', value: 't=>size=4;autoexpire=60' }],
		});
		const at = (ms: number, x: string) => {
			const seconds = Math.floor(ms / 1000);
			const iso = new Date(ms).toISOString().slice(0, 19);
			return `${seconds} ${seconds} ${seconds} ${seconds} ${iso} ${x}|${seconds} ${iso}`;
		};
		assert.equal((await host.request('/', { method: 'PUT' })).body, at(T0, '7'));
		now += 59_000;
		assert.equal((await host.request()).body, at(now, '7'));
		now += 2000;
		assert.equal((await host.request()).body, at(now, '<null>'));
	});
