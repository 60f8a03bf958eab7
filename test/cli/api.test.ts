/** `kemihost api`: what it finds by which name. The samples of docs/api.md are executed too. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STANDARD_MODULES } from '../../src/modules/standard.ts';
import { coverageOf } from '../../src/reference/coverage.ts';
import { kemihost } from '../support/command.ts';

test('names are found in every form that people write', async (t) => {
	for (const [name, first] of [
		['hdr.get', 'KSR.hdr.get(name: str) → xval'],
		['KSR.info', 'KSR.info(text: str) → none'],
		['$hu', '$hu'],
		['xhttp_reply', 'KSR.xhttp.xhttp_reply('],
		['{s.len}', '{s.len}'],
		['uuid', 'uuid: '],
		['KSR.kx', 'kemix: '],
		['http_client_query', 'KSR.http_client.query('],
		['xlogl', 'xlogl(format: str) → int'],
		['t_relay', "t_relay belongs to Kamailio's module tm and needs a SIP server."],
	] as const) {
		const command = kemihost(t, ['api', name]);
		assert.equal(await command.ended, 0, command.stderr());
		assert.ok(command.stdout().startsWith(first), `${name}: ${command.stdout().slice(0, 200)}`);
	}
});

test('--missing prints what the coverage page has', async (t) => {
	const command = kemihost(t, ['api', '--missing']);
	assert.equal(await command.ended, 0);
	const printed = command.stdout();
	const rows = [...coverageOf(STANDARD_MODULES)];
	for (const { reason } of rows) if (reason) assert.ok(printed.includes(reason));
	// a reason may name what is there
	const reasons = new Set(rows.map(({ reason }) => reason ?? ''));
	const names = printed.split('\n').filter((line) => !reasons.has(line.trim()));
	const words = new Set(names.join(' ').split(/\s+/));
	for (const { name, state } of rows) assert.equal(words.has(name), state === 'missing', name);
});
