/** What strftime() of glibc gives in the C locale; the values were recorded from it. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { breakDown, strftime } from '../src/strftime.ts';

/** Makes a zone that of the process until the test ends. */
function inZone(t: TestContext, zone: string): void {
	const before = process.env['TZ'];
	process.env['TZ'] = zone;
	t.after(() => {
		if (before === undefined) delete process.env['TZ'];
		else process.env['TZ'] = before;
	});
}

const MONDAY = Date.UTC(2026, 10, 23, 17, 8, 51);

test('every conversion is written as in C', () => {
	const time = breakDown(MONDAY, true);
	const expected: Readonly<Record<string, string>> = {
		'%a %A %b %B %h': 'Mon Monday Nov November Nov',
		'%c': 'Mon Nov 23 17:08:51 2026',
		'%C %y %Y': '20 26 2026',
		'%d %e %j': '23 23 327',
		'%D %F %x': '11/23/26 2026-11-23 11/23/26',
		'%g %G %V': '26 2026 48',
		'%H %I %k %l %M %S': '17 05 17  5 08 51',
		'%m %n %t': '11 \n \t',
		'%p %P': 'PM pm',
		'%r %R %T %X': '05:08:51 PM 17:08 17:08:51 17:08:51',
		'%s': '1795453731',
		'%u %w %U %W': '1 1 47 47',
		'%z %Z %%': '+0000 GMT %',
		'%Ey %Od': '26 23',
	};
	for (const [format, text] of Object.entries(expected)) assert.equal(strftime(format, time), text, format);
});

test('flags and widths change how a conversion is written', () => {
	const time = breakDown(Date.UTC(2026, 2, 4, 7, 5, 9), true);
	const expected: Readonly<Record<string, string>> = {
		'%5Y': '02026',
		'%_d|%-d|%0e|%e': ' 4|4|04| 4',
		'%5d|%_5m|%05e': '00004|    3|00004',
		'%^a|%#a|%^B': 'WED|WED|MARCH',
		'%10A': ' Wednesday',
	};
	for (const [format, text] of Object.entries(expected)) assert.equal(strftime(format, time), text, format);
});

test('what is no conversion is copied', () => {
	const time = breakDown(MONDAY, true);
	for (const format of ['%q', '%E', '%', '100%', '%+', '\u00ff %constructor'])
		assert.equal(strftime(format, time), format.replace('%c', 'Mon Nov 23 17:08:51 2026'), format);
});

test('weeks around new year belong to the right year', () => {
	const weeks: Readonly<Record<string, string>> = {
		'2024-12-29': '2024 52 52 52',
		'2024-12-30': '2025 01 52 53',
		'2025-01-01': '2025 01 00 00',
		'2026-12-31': '2026 53 52 52',
		'2027-01-01': '2026 53 00 00',
		'2027-01-03': '2026 53 01 00',
		'2027-01-04': '2027 01 01 01',
		'2020-12-31': '2020 53 52 52',
	};
	for (const [date, text] of Object.entries(weeks))
		assert.equal(strftime('%G %V %U %W', breakDown(Date.parse(`${date}T12:00Z`), true)), text, date);
});

test('time zones and summer time are those of the process', (t) => {
	inZone(t, 'Europe/Berlin');
	const winter = breakDown(Date.UTC(2026, 0, 1, 0, 0, 0), false);
	const summer = breakDown(Date.UTC(2026, 6, 1, 22, 30, 0), false);
	assert.equal(strftime('%F %T %z %Z %s', winter), '2026-01-01 01:00:00 +0100 CET 1767225600');
	assert.equal(strftime('%F %T %z %Z', summer), '2026-07-02 00:30:00 +0200 CEST');
	assert.deepEqual([winter.summertime, summer.summertime], [false, true]);
});

test('a zone west of Greenwich, and one that has its summer in January', (t) => {
	inZone(t, 'America/New_York');
	assert.equal(
		strftime('%F %R %z %Z', breakDown(Date.UTC(2026, 0, 1, 2), false)),
		'2025-12-31 21:00 -0500 EST',
	);
	inZone(t, 'Australia/Sydney');
	const january = breakDown(Date.UTC(2026, 0, 1, 2), false);
	assert.equal(strftime('%F %R %z %Z', january), '2026-01-01 13:00 +1100 AEDT');
	assert.equal(january.summertime, true);
});

test('a zone without a name of its own is called by its offset', (t) => {
	inZone(t, 'America/Sao_Paulo');
	assert.equal(strftime('%z %Z', breakDown(MONDAY, false)), '-0300 -03');
	inZone(t, 'Asia/Kathmandu');
	assert.equal(strftime('%z %Z', breakDown(MONDAY, false)), '+0545 +0545');
});
