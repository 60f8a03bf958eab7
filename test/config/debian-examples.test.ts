/**
 * Configurations that Kamailio's Debian package installs, read from where it puts them. They are no part of this
 * project; where the package is missing, the tests are skipped.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { compose } from '../../src/config/kamailio/compose.ts';
import { readConfig } from '../../src/config/kamailio/read.ts';
import { STANDARD_MODULES } from '../../src/modules/standard.ts';
import { kemihost } from '../support/command.ts';
import { folderWith } from '../support/host.ts';

const DEFAULT = '/etc/kamailio/kamailio.cfg';
const KEMI = '/usr/share/doc/kamailio/examples/kemi/';

/** For a test that needs a file of the package. */
const needs = (file: string) => ({
	skip: existsSync(file) ? false : `needs ${file} (apt-get install kamailio)`,
});

/** The switches that a configuration asks for with `#!ifdef`. */
const switchesOf = (text: string): string[] =>
	[...new Set([...text.matchAll(/^#!ifn?def (WITH_\w+)/gm)].map(([, name = '']) => name))].sort();

/** What a configuration says, with these switches on. */
const settingsOf = (path: string, switches: readonly string[]) =>
	compose(readConfig(path, { defines: switches.map((name) => [name, '']) }), STANDARD_MODULES);

/** The KEMI example in a folder of its own, with what it names under /usr/local/etc beside it. */
function kemiExample(t: TestContext): string {
	const read = (name: string) => readFileSync(KEMI + name, 'latin1');
	const files: Record<string, string> = {
		'kamailio.cfg': read('kamailio-basic-kemi.cfg').replaceAll('/usr/local/etc/kamailio/', ''),
	};
	for (const part of ['native.cfg', 'lua.lua', 'jsdt.js'])
		files[`kamailio-basic-kemi-${part}`] = read(`kamailio-basic-kemi-${part}`);
	return folderWith(t, files);
}

test(
	"Kamailio's default configuration is read, with each of its switches and with all of them",
	needs(DEFAULT),
	() => {
		const switches = switchesOf(readFileSync(DEFAULT, 'latin1'));
		assert.ok(switches.length > 10, switches.join());
		// what needs a database names it by a define that WITH_MYSQL makes
		for (const on of [[], ...switches.map((name) => ['WITH_MYSQL', name]), switches])
			assert.equal(settingsOf(DEFAULT, on).engine, 'native', on.join());
	},
);

test("Kamailio's default configuration passes -c", needs(DEFAULT), async (t) => {
	const run = kemihost(t, ['-c', '-f', DEFAULT]);
	assert.equal(await run.ended, 0, run.stderr());
	assert.equal(run.stdout(), `${DEFAULT} is good\n`);
});

test(
	"Kamailio's default configuration with WITH_IPAUTH takes addresses from a database",
	needs(DEFAULT),
	async (t) => {
		const file = join(folderWith(t, {}), 'kamailio.db');
		const database = new DatabaseSync(file);
		database.exec(
			"create table address (grp int, ip_addr text, mask int, port int, tag text); insert into address values (1, '10.0.0.1', 32, 0, null)",
		);
		database.close();
		const start = (...args: string[]) => {
			const defines = ['WITH_MYSQL', 'WITH_AUTH', 'WITH_IPAUTH', `DBURL="sqlite://${file}"`];
			return kemihost(t, ['-f', DEFAULT, ...defines.flatMap((name) => ['-A', name]), ...args]);
		};
		const control = join(folderWith(t, {}), 'control');
		const run = start('--control', control, '--listen', ':0', '--children', '2');
		await run.until(/ serves /);
		const dump = kemihost(t, ['rpc', 'permissions.addressDump', '--control', control]);
		assert.equal(await dump.ended, 0, dump.stderr());
		assert.match(dump.stdout(), /group: 1\s[\s\S]*ip: 10\.0\.0\.1/);
		const reload = kemihost(t, ['rpc', 'permissions.addressReload', '--control', control]);
		assert.equal(await reload.ended, 0, reload.stderr());
		assert.equal(reload.stdout(), 'Reload OK\n');
	},
);

test(
	'the KEMI example is read in each language that is here',
	needs(`${KEMI}kamailio-basic-kemi.cfg`),
	(t) => {
		const path = `${kemiExample(t)}/kamailio.cfg`;
		const engineWith = (...switches: string[]) => {
			const { engine, script } = settingsOf(path, switches);
			return [engine, script.replace(/^.*\//, '')];
		};
		assert.deepEqual(engineWith(), ['native', 'kamailio.cfg']);
		assert.deepEqual(engineWith('WITH_CFGLUA'), ['lua', 'kamailio-basic-kemi-lua.lua']);
		assert.deepEqual(engineWith('WITH_CFGJSDT'), ['jsdt', 'kamailio-basic-kemi-jsdt.js']);
		assert.throws(() => settingsOf(path, ['WITH_CFGSQLANG']), /sqlang/);
	},
);

test(
	'the KEMI example passes -c, its script included',
	needs(`${KEMI}kamailio-basic-kemi.cfg`),
	async (t) => {
		const folder = kemiExample(t);
		const check = (...args: string[]) => kemihost(t, ['-c', '-f', 'kamailio.cfg', ...args], { cwd: folder });
		// it wants addresses from a database, and without them the host does not start
		const refused = check();
		assert.equal(await refused.ended, 1);
		assert.match(refused.stderr(), /permissions: no connection to mysql:.*\[KH_DATABASE\]/);
		const path = join(folder, 'kamailio.cfg');
		writeFileSync(path, readFileSync(path, 'latin1').replace('#!define WITH_IPAUTH\n', ''));
		for (const name of ['WITH_CFGLUA', 'WITH_CFGJSDT', 'NATIVE']) {
			const run = check('-A', name);
			assert.equal(await run.ended, 0, `${name}: ${run.stderr()}`);
		}
	},
);
