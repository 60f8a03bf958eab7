/** KSR.pvtpl: templates in files. Kamailio 5.6.3 does not have the module. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { complains, gives, is, set, take, World } from '../support/context.ts';
import { folderWith } from '../support/host.ts';

const templates = (...values: string[]) => ({
	modparams: values.map((value) => ({ module: 'pvtpl', name: 'tpl', value })),
});

test('a template is read at the start, and rendered for each request', (t) => {
	const folder = folderWith(t, {
		good: Buffer.from('Hello $var(x)!\n$(var(x){s.len})\xe9', 'latin1'),
		bad: 'Hello $nothing',
	});
	const options = templates(
		`name=good;fpath=${join(folder, 'good')};bsize=2;`,
		`name="b c";fpath='${join(folder, 'bad')}'`,
	);
	take(
		[
			set('$var(x)', 'Alice'),
			gives('pvtpl.pvtpl_render', 'good', '$var(y)')(1),
			is('$var(y)', 'Hello Alice!\n5\xe9'),
			set('$var(x)', '$var(y)'),
			gives('pvtpl.pvtpl_render', 'good', '$var(z)')(1),
			is('$var(z)', 'Hello $var(y)!\n7\xe9'),
			complains('pvtpl.pvtpl_render', 'b c', '$var(y)')(-1),
			complains('pvtpl.pvtpl_render', 'none', '$var(y)')(-1),
			complains('pvtpl.pvtpl_render', 'good', '$si')(-1),
			complains('pvtpl.pvtpl_render', 'good', 'y')(-1),
		],
		{},
		options,
	);
});

test('declarations that are not good stop the host', (t) => {
	const folder = folderWith(t, { a: 'a' });
	const good = `name=a;fpath=${join(folder, 'a')}`;
	for (const wrong of [
		[''],
		['name=a'],
		[`fpath=${join(folder, 'a')}`],
		['name=a;fpath=/none/x'],
		[good, good],
	])
		assert.throws(() => new World(templates(...wrong)), { code: 'KH_MODPARAM' });
});
