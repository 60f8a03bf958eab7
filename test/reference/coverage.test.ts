/** What of Kamailio is covered: every row of the tables in data/ is done, of SIP servers, or has its reason. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { STANDARD_MODULES } from '../../src/modules/standard.ts';
import { coverageOf } from '../../src/reference/coverage.ts';

const rows = coverageOf(STANDARD_MODULES);

test('what is not done has a reason in data/not-done.tsv', () => {
	const silent = rows.filter(({ state, reason }) => state === 'missing' && !reason);
	assert.deepEqual(
		silent.map(({ kind, name }) => `${kind} ${name}`),
		[],
	);
});

test('no reason is given for what is done', () => {
	const [, ...lines] = readFileSync(new URL('../../data/not-done.tsv', import.meta.url), 'utf8')
		.trimEnd()
		.split('\n');
	const missing = rows.filter(({ state }) => state !== 'done').map(({ name }) => name);
	for (const line of lines) {
		const [path = ''] = line.split('\t');
		const start = path.endsWith('*') ? path.slice(0, -1) : undefined;
		assert.ok(
			missing.some((name) => (start === undefined ? name === path : name.startsWith(start))),
			`${path} is done, or unknown`,
		);
	}
});

test('the tables hold what Kamailio has, each name once', () => {
	assert.ok(rows.length > 1800, `${rows.length}`);
	assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
	for (const name of ['KSR.hdr.get', '$hu', '{s.len}', 'core.echo'])
		assert.equal(rows.find((row) => row.name === name)?.state, 'done', name);
	assert.equal(rows.find(({ name }) => name === 'KSR.to_TCP')?.state, 'sip');
});
