/** Where something stands in a file of a configuration. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceFile } from '../../src/config/kamailio/source.ts';

test('columns count characters of UTF-8, whichever way positions are asked for', () => {
	const text = Buffer.from('é = "ü"; x\nnäch\n', 'utf8').toString('latin1');
	const file = new SourceFile('k.cfg', text);
	const expected = [...text].map((_, offset) => {
		const before = Buffer.from(text.slice(0, offset), 'latin1').toString('utf8');
		return [before.split('\n').length, (before.split('\n').at(-1) ?? '').length + 1];
	});
	const whole = [...[...text].keys()].filter((offset) => !/[\x80-\xbf]/.test(text[offset] as string));
	for (const offsets of [whole, whole.toReversed(), [...whole, ...whole]])
		for (const offset of offsets) {
			const { line, column } = file.position(offset);
			assert.deepEqual([line, column], expected[offset], `offset ${offset}`);
		}
});

test('a file in one line is not counted anew for each of its tokens', () => {
	const text = 'route[R] { $var(x) = 1; } '.repeat(2000);
	const file = new SourceFile('k.cfg', text);
	for (const { index } of text.matchAll(/\S+/g)) file.position(index);
	assert.ok(file.columnWork <= text.length, `${file.columnWork} bytes were looked at for ${text.length}`);
});
