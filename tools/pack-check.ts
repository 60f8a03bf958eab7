/**
 * Checks the package that would be published: packs it, unpacks it elsewhere, and runs it from there.
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, ROOT } from './command.ts';

/** Uses the library as a program would that depends on it. */
const PROGRAM = `
import { createHost, defineModule, fn, str } from 'kemihost';
const shout = defineModule({
	name: 'shout',
	doc: 'An example.',
	functions: [fn('loud', [str('text')], 'xval', 'Capital letters.', (ctx, text) => text.toUpperCase())],
});
await using host = await createHost({ script: 'handler.lua', modules: [shout], logLevel: 0 });
const response = await host.fetch(new Request('http://localhost/hello'));
console.log(response.status, await response.text());
`;
const HANDLER =
	'function ksr_xhttp_event() KSR.xhttp.xhttp_reply(200, "OK", "text/plain", KSR.shout.loud(KSR.pv.get("$hu"))) end';

/** A handler that is compiled with the types of the package. */
const TYPED = `
function ksr_xhttp_event(): void {
	KSR.xhttp.xhttp_reply(200, 'OK', 'text/plain', new URL('http://localhost' + KSR.xhttp.get_hu()).pathname);
}
export { ksr_xhttp_event };
`;
const TSCONFIG = JSON.stringify({
	compilerOptions: {
		strict: true,
		noEmit: true,
		lib: ['es2023'],
		module: 'esnext',
		moduleResolution: 'bundler',
		types: ['kemihost/ksr', 'kemihost/web'],
	},
	files: ['typed.ts'],
});

/** Throws where something is missing in the package. Expects a build in dist/. */
export async function packCheck(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'kemihost-pack-'));
	try {
		const [packed] = JSON.parse(
			await outputOf('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
		) as {
			filename: string;
			files: { path: string }[];
		}[];
		const paths = packed?.files.map((file) => file.path) ?? [];
		for (const needed of [
			'bin/kemihost.js',
			'dist/src/index.js',
			'dist/src/index.d.ts',
			'dist/types/ksr.d.ts',
			'types/web.d.ts',
			'bin/node-version.js',
			'packaging/kemihost@.service',
			'packaging/kemihost@.socket',
			'templates/lua/_luarc.json',
			'docs/examples/hdr.txt',
			'data/kemi-functions.tsv',
			'LICENSE',
			'README.md',
		])
			if (!paths.includes(needed)) throw new Error(`${needed} is missing in the package`);
		const unwanted = paths.find((path) => /^(test|tools|bench|src|engines)\//.test(path));
		if (unwanted) throw new Error(`${unwanted} does not belong into the package`);

		const modules = join(folder, 'node_modules');
		mkdirSync(join(modules, 'kemihost'), { recursive: true });
		const archive = join(folder, packed?.filename ?? '');
		await outputOf('tar', ['-xzf', archive, '-C', join(modules, 'kemihost'), '--strip-components=1']);
		symlinkSync(join(ROOT, 'node_modules'), join(modules, 'kemihost', 'node_modules'));
		writeFileSync(join(folder, 'handler.lua'), HANDLER);
		writeFileSync(join(folder, 'program.mjs'), PROGRAM);
		const said = await outputOf(process.execPath, ['program.mjs'], folder);
		if (said !== '200 /HELLO\n') throw new Error(`the packed library answered ${said}`);
		writeFileSync(join(folder, 'typed.ts'), TYPED);
		writeFileSync(join(folder, 'tsconfig.json'), TSCONFIG);
		await outputOf(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], folder);
		const version = await outputOf(
			process.execPath,
			[join(modules, 'kemihost/bin/kemihost.js'), '--version'],
			folder,
		);
		if (!/^\d+\.\d+\.\d+\n$/.test(version)) throw new Error(`the packed command said ${version}`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

if (import.meta.main) await packCheck();
