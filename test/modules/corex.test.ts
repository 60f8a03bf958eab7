/** KSR.corex: the folder of its files. Its flags are in the corpus, recorded from Kamailio 5.6.3. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { complains, gives, take, World } from '../support/context.ts';
import { folderWith } from '../support/host.ts';

const inFolder = (value: string) => ({ modparams: [{ module: 'corex', name: 'files_folder', value }] });

test('files of the folder are read and written whole, byte by byte', (t) => {
	const folder = folderWith(t, { 'a.bin': Buffer.from([0, 255, 10]), 'sub/b': 'b' });
	take(
		[
			gives('corex.file_read', 'a.bin')('\0\xff\n'),
			gives('corex.file_read', join(folder, 'sub/b'))('b'),
			gives('corex.file_write', 'new', 'one\xe9')(1),
			gives('corex.file_write', 'new', 'two\xe9')(1),
			gives('corex.file_read', 'new')('two\xe9'),
		],
		{},
		inFolder(folder),
	);
	assert.deepEqual(readFileSync(join(folder, 'new')), Buffer.from('two\xe9', 'latin1'));
});

test('what leads out of the folder, and what is no regular file, is refused', (t) => {
	const outside = folderWith(t, { secret: 'secret' });
	const folder = folderWith(t, { a: 'a' });
	symlinkSync(join(outside, 'secret'), join(folder, 'link'));
	symlinkSync(join(outside, 'not-there'), join(folder, 'nowhere'));
	symlinkSync(outside, join(folder, 'linked'));
	execFileSync('mkfifo', [join(folder, 'pipe')]);
	const names = [
		join(outside, 'secret'),
		'/etc/hostname',
		'../x',
		'link',
		'nowhere',
		'linked/secret',
		'pipe',
		'.',
		'',
		'none/x',
		'a\0b',
		'a/b',
	];
	take(
		names.flatMap((name) => [
			complains('corex.file_read', name)(''),
			complains('corex.file_write', name, 'x')(-1),
		]),
		{},
		inFolder(folder),
	);
	assert.equal(readFileSync(join(outside, 'secret'), 'utf8'), 'secret');
});

test('without a folder there are no files, and a folder that is not there stops the host', () => {
	take([complains('corex.file_read', '/etc/hostname')(''), complains('corex.file_write', 'x', 'x')(-1)]);
	assert.throws(() => new World(inFolder('/none')), { code: 'KH_MODPARAM' });
});
