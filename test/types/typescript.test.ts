/** ksr.d.ts, under the real compiler: what is right compiles, and what is wrong is named. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { defineModule, fn, int, str } from '../../src/index.ts';
import { typeFiles } from '../../src/types/files.ts';
import { typescriptTypes } from '../../src/types/typescript.ts';
import { folderWith } from '../support/host.ts';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** Compiles files beside the types; gives the lines of the compiler that name an error. */
async function errorsIn(
	t: TestContext,
	files: Readonly<Record<string, string>>,
	types = Object.fromEntries(typeFiles(['javascript'])),
): Promise<string[]> {
	const config = {
		compilerOptions: {
			strict: true,
			noEmit: true,
			allowJs: true,
			checkJs: true,
			lib: ['es2023'],
			module: 'esnext',
			types: [],
		},
		include: ['*'],
	};
	const folder = folderWith(t, { ...types, ...files, 'tsconfig.json': JSON.stringify(config) });
	const output = await new Promise<string>((resolve) => {
		execFile(process.execPath, [TSC, '-p', folder, '--pretty', 'false'], { cwd: folder }, (_error, stdout) =>
			resolve(stdout),
		);
	});
	return output.split('\n').filter((line) => line.includes('error TS'));
}

const RIGHT = `
function ksr_xhttp_event(evname: string): void {
	const target: string | number | null = KSR.pv.get('$hu');
	if (KSR.hdr.is_present('X-Debug') > 0 && KSR.is_GET()) KSR.info('asked for ' + target);
	KSR.xhttp.xhttp_reply(200, 'OK', 'application/json', JSON.stringify({ evname, id: crypto.randomUUID() }));
	KSR.xhttp.xhttp_reply(200, 'OK', null, new TextEncoder().encode('bytes'));
	const query = new URL('http://h' + KSR.xhttp.get_hu()).searchParams.get('q') ?? '';
	KSR.x.modf('xlog', query, btoa(query));
	console.log(structuredClone({ query }), KSR.pvx.xavp_getd('a'));
}
`;

test('a handler that is right compiles, in TypeScript and in JavaScript', async (t) => {
	assert.deepEqual(await errorsIn(t, { 'handler.ts': `${RIGHT}export {};` }), []);
	const js = RIGHT.replaceAll(': string | number | null', '').replace('evname: string): void', 'evname)');
	assert.deepEqual(await errorsIn(t, { 'handler.js': `/** @param {string} evname */${js}` }), []);
});

test('what is wrong in a handler is named', async (t) => {
	const wrong: [code: string, error: RegExp][] = [
		[
			'KSR.xhttp.xhttp_repl(200, "OK", "", "");',
			/Property 'xhttp_repl' does not exist.*Did you mean 'xhttp_reply'/,
		],
		['KSR.xhttp.xhttp_reply(200, "OK");', /Expected 4 arguments, but got 2/],
		['KSR.xhttp.xhttp_reply("200", "OK", "", "");', /Argument of type 'string' is not assignable.*'number'/],
		['KSR.pv.get(5);', /Argument of type 'number' is not assignable.*'KsrText'/],
		['const text: string = KSR.pv.get("$hu");', /'KsrValue' is not assignable to type 'string'/],
		['KSR.nothing.here();', /Property 'nothing' does not exist/],
		['process.exit();', /Cannot find name 'process'/],
	];
	const errors = await errorsIn(t, {
		'wrong.ts': `${wrong.map(([code]) => `{ ${code} }`).join('\n')}\nexport {};`,
	});
	assert.equal(errors.length, wrong.length, errors.join('\n'));
	for (const [i, [code, error]] of wrong.entries()) {
		assert.match(errors[i] ?? '', new RegExp(`^wrong\\.ts\\(${i + 1},`), code);
		assert.match(errors[i] ?? '', error);
	}
});

test('functions of a SIP server are there, and are marked', async (t) => {
	assert.deepEqual(await errorsIn(t, { 'handler.ts': 'if (KSR.to_TCP()) KSR.info("x");\nexport {};' }), []);
	assert.match(typescriptTypes(), /\/\*\* @deprecated Needs a SIP server\. \*\/\n\tto_TCP\(/);
});

test('modules of your own have types too', async (t) => {
	const greetings = defineModule({
		name: 'greetings',
		doc: 'An example.',
		functions: [fn('greet', [str('name'), int('default')], 'xval', 'Greets */ somebody.', () => null)],
	});
	const types = { 'ksr.d.ts': typescriptTypes([greetings]) };
	assert.deepEqual(await errorsIn(t, { 'a.ts': 'KSR.greetings.greet("x", 2);\nexport {};' }, types), []);
	assert.equal((await errorsIn(t, { 'a.ts': 'KSR.greetings.greet("x");\nexport {};' }, types)).length, 1);
});

test('the package offers the types under a name', () => {
	const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
	assert.equal(exports['./ksr'].types, './dist/types/ksr.d.ts');
});
