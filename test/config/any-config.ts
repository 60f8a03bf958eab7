/**
 * Configurations as nobody writes them, for the fuzzer `config` of `test/hostile/fuzz.ts`, and what has to hold for each.
 *
 * @module
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compose } from '../../src/config/kamailio/compose.ts';
import { printConfig, readConfig } from '../../src/config/kamailio/read.ts';
import { KemihostError } from '../../src/errors.ts';
import { STANDARD_MODULES } from '../../src/modules/standard.ts';
import { goldenNames, readGolden } from './golden.ts';

/** CPU time that no text of this size may take. Some thousand times what they need: it tells growth, not speed. */
const MOST_CPU_MS = 5000;

/** Pieces of the preprocessor and the language, good and bad; each is a line or a part of one. */
const piece = fc.constantFrom(
	...[
		'#!KAMAILIO\n',
		'\n#!define ',
		'\n#!trydef ',
		'\n#!redefine ',
		'\n#!undef ',
		'\n#!defenv ',
		'\n#!defexp ',
	],
	...[
		'\n#!ifdef ',
		'\n#!ifndef ',
		'\n#!ifexp ',
		'\n#!else\n',
		'\n#!endif\n',
		'\n!!ifdef A\n',
		'\n#!',
		'#!x\n',
	],
	...[
		'\n#!subst "/A/B/g"\n',
		'\n#!substdef "!A!B!ig"\n',
		'\n#!substdefs "/(a*)*b/\\1\\9/"\n',
		'\n#!subst "///"\n',
	],
	...['\ninclude_file "b.cfg"\n', '\nimport_file "main.cfg"\n', '\ninclude_file "none"\n', 'include_file'],
	...['A', 'B', 'A A', 'A B', 'B A\n', 'A "x\n', 'A 1 + B\n', 'A \\\n', 'A==1 && (B', 'KEMIHOST', 'MOD_tm'],
	...[
		'debug=',
		'listen=',
		'tcp:127.0.0.1:80',
		'udp:[::1]:5060',
		' advertise ',
		'children=2\n',
		'kemi.x="y"\n',
	],
	...[
		'loadmodule "tm.so"\n',
		'loadmodule "./x.js"\n',
		'loadmodule ',
		'modparam("tm|sl", "x", ',
		'cfgengine "lua"\n',
	],
	...[
		'request_route {',
		'route[A] {',
		'event_route[xhttp:request] {',
		'failure_route[',
		'onsend_route {',
		'}',
		'{',
	],
	...[
		'if (',
		') ',
		' else ',
		'while (1) {',
		'switch($rm) {',
		'case ',
		'case /^(',
		'default:',
		'break;',
		'return -1;',
	],
	...[
		'$var(x) = ',
		'$avp(s:a[',
		'$(hu{s.len})',
		'$',
		'$x',
		'$sht(a=>b)',
		'$xavp(a[0]=>b)',
		'@cfg_get.a.b',
		'$null',
	],
	...[
		'xlog("',
		'xhttp_reply("200", "OK", ',
		'route(',
		'route("A");',
		'exit',
		'drop;',
		';',
		',',
		'(',
		'))))',
		'(((((',
	],
	...[
		'"',
		"'",
		'`',
		'\\',
		'\\"',
		'\\x',
		'/*',
		'*/',
		'//',
		'#',
		'\n',
		'\r\n',
		'\t',
		' ',
		'\0',
		'\xff',
		'\xef\xbb\xbf',
	],
	...[
		'==',
		'!=',
		'=~',
		'eq',
		'ine',
		'&&',
		'or',
		'not',
		'!',
		'~',
		'<<',
		'.',
		'..',
		'+',
		'-',
		'*',
		'mod',
		'defined ',
		'?',
	],
	...[
		'0',
		'1',
		'0x',
		'0xffffffffffffffffff',
		'9223372036854775808',
		'1b',
		'08',
		'-1',
		'yes',
		'off',
		'127.0.0.1',
		'::',
	],
	...[
		'method=="INVITE"',
		'src_ip==',
		'uri=~"',
		'myself',
		'setflag(',
		'strempty(',
		'(int)',
		'(str)"1"',
		'a.b=1\n',
	],
);
const byte = fc.nat(255).map((code) => String.fromCharCode(code));
const pieces = fc
	.array(fc.oneof({ arbitrary: piece, weight: 9 }, { arbitrary: byte, weight: 1 }), { maxLength: 40 })
	.map((list) => list.join(''));

/** Something that was written to be read, damaged in a few places. */
const damaged = fc
	.record({
		text: fc.constantFrom(...goldenNames().map((name) => readGolden(name).input)),
		changes: fc.array(
			fc.record({
				at: fc.double({ min: 0, max: 1, noNaN: true }),
				remove: fc.nat(12),
				insert: fc.oneof(piece, byte, fc.constant('')),
			}),
			{ maxLength: 5 },
		),
	})
	.map(({ text, changes }) =>
		changes.reduce((changed, { at, remove, insert }) => {
			const place = Math.floor(at * changed.length);
			return changed.slice(0, place) + insert + changed.slice(place + remove);
		}, text),
	);

/** One piece many times: what is nested or repeated a great deal. */
const repeated = fc
	.tuple(piece, piece, fc.nat(3000))
	.map(([first, second, times]) => first + second.repeat(times));

/** The files of a configuration, by name: a main one, and one that it may include. Byte strings. */
export const anyConfig = fc.record({
	'main.cfg': fc.oneof(
		{ arbitrary: pieces, weight: 6 },
		{ arbitrary: damaged, weight: 4 },
		{ arbitrary: repeated, weight: 1 },
	),
	'b.cfg': pieces,
});

/** The configuration is understood, or refused with an error that can be shown; nothing else, and not for ever. */
export function readsOrRefuses(files: Readonly<Record<string, string>>): void {
	const options = {
		readFile(path: string) {
			const content = files[path];
			if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
			return Buffer.from(content, 'latin1');
		},
	};
	const before = process.cpuUsage();
	for (const read of [
		() => compose(readConfig('main.cfg', options), STANDARD_MODULES),
		() => printConfig('main.cfg', options),
	])
		try {
			read();
		} catch (error) {
			if (!(error instanceof KemihostError)) throw error;
			assert.match(error.describe(), /main\.cfg|b\.cfg/);
		}
	const { user, system } = process.cpuUsage(before);
	assert.ok((user + system) / 1000 < MOST_CPU_MS, `took ${(user + system) / 1000} ms of CPU time`);
}
